import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";
import { waiting } from "../attachments/right-inputs.fixtures.ts";
import { newMacro } from "../macros/right-inputs.fixtures.ts";

export const ticket = (home: Home) =>
  home.act<Row>("tickets.open", { title: "Ours", description: "", customerId: home.ids["customer"] });

export const onTicket = async (home: Home, rest: object = {}) => ({
  ticketId: (await ticket(home)).id,
  ...rest,
});

const onTicketOf = async (home: Home, customer: string) => {
  const customerId = home.ids[customer];
  const { id } = await home.act<Row>("tickets.open", { title: "Ours", description: "", customerId });
  return { ticketId: id };
};

export const onVersion = async (home: Home, rest: object) => ({
  ...(await onTicket(home)),
  version: 1,
  ...rest,
});

const withFile = async (home: Home, on: { ticketId: string }) => ({
  ...on,
  body: "Ours.",
  attachmentIds: [await waiting(home, on.ticketId)],
});

const onTwo = async (home: Home) => ({
  ticketId: (await ticket(home)).id,
  otherTicketId: (await ticket(home)).id,
  relation: "blocks",
});

const commented = async (home: Home) => {
  const on = { ...(await onTicketOf(home, "customer")), commentId: newId() };
  await home.act("tickets.reply", { ticketId: on.ticketId, id: on.commentId, body: "Ours." });
  return on;
};

const mergeable = async (home: Home) => ({
  ticketId: (await ticket(home)).id,
  version: 1,
  intoTicketId: (await ticket(home)).id,
});

export const rightInputs: RightInputs = {
  "tickets.addNote": async (home) => withFile(home, await onTicketOf(home, "customer")),
  "tickets.assign": (home) => onVersion(home, { assigneeId: home.ids["agent"] }),
  "tickets.applyMacro": async (home) => ({
    ...(await onTicketOf(home, "customer")),
    version: 1,
    macroId: (await newMacro(home)).macroId,
  }),
  "tickets.bulk": async (home) => ({
    ticketIds: [(await ticket(home)).id],
    change: { departmentId: home.ids["department"] },
  }),
  "tickets.commentVersions": commented,
  "tickets.editComment": async (home) => ({ ...(await commented(home)), version: 1, body: "Ours, edited." }),
  "tickets.follow": (home) => onTicketOf(home, "customer"),
  "tickets.get": onTicket,
  "tickets.onChange": async (home) => {
    const { ticketId } = await onTicket(home);
    const { timeline } = await home.act<{ timeline: Row[] }>("tickets.get", { ticketId });
    return { ticketId, lastEventId: timeline[0]!.id };
  },
  "tickets.link": onTwo,
  "tickets.list": async () => ({ limit: 1 }),
  "tickets.merge": (home) => mergeable(home),
  "tickets.open": async (home) => ({
    title: "Ours",
    description: "",
    attachmentIds: [await waiting(home, null)],
  }),
  "tickets.reopen": async (home) => {
    const ticketId = (await ticket(home)).id;
    await home.act("tickets.setStatus", { ticketId, version: 1, status: "closed" });
    return { ticketId, version: 2, reason: "Ours." };
  },
  "tickets.release": (home) => onVersion(home, {}),
  "tickets.reply": async (home) => withFile(home, await onTicketOf(home, "customer")),
  "tickets.setCc": async (home) => ({
    ...(await onTicketOf(home, "agent")),
    add: [home.ids["customer"]],
    remove: [home.ids["super_admin"]],
  }),
  "tickets.setDepartment": (home) => onVersion(home, { departmentId: home.ids["department"] }),
  "tickets.setFields": (home) => onVersion(home, { fields: {} }),
  "tickets.setFollowers": async (home) => ({
    ...(await onTicketOf(home, "customer")),
    add: [home.ids["super_admin"]],
    remove: [home.ids["customer"]],
  }),
  "tickets.setPriority": (home) => onVersion(home, { priority: "high" }),
  "tickets.setStatus": (home) => onVersion(home, { status: "in_progress" }),
  "tickets.setTags": (home) => onVersion(home, { tags: [] }),
  "tickets.split": async (home) => {
    const { id } = await ticket(home);
    await home.act("tickets.reply", { ticketId: id, body: "Ours." });
    const { timeline } = await home.act<{ timeline: { comment: Row | null }[] }>("tickets.get", {
      ticketId: id,
    });
    const commentIds = timeline.flatMap(({ comment }) => comment?.id ?? []);
    return { ticketId: id, version: 1, commentIds, title: "Ours, apart", customerId: home.ids["customer"] };
  },
  "tickets.take": (home) => onTicketOf(home, "customer"),
  "tickets.timeline": onTicket,
  "tickets.unfollow": onTicket,
  "tickets.unlink": onTwo,
  "tickets.unmerge": async (home) => {
    const merging = await mergeable(home);
    await home.act("tickets.merge", merging);
    return { ticketId: merging.ticketId, version: 2 };
  },
  "tickets.update": (home) => onVersion(home, { title: "Ours, edited" }),
};
