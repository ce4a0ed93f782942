import type { Home, RightInputs, Row } from "@helpdesk/testing/tenant-wall";
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

const onTwo = async (home: Home) => ({
  ticketId: (await ticket(home)).id,
  otherTicketId: (await ticket(home)).id,
  relation: "blocks",
});

export const rightInputs: RightInputs = {
  "tickets.addNote": async (home) => ({ ...(await onTicketOf(home, "customer")), body: "Ours." }),
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
  "tickets.follow": (home) => onTicketOf(home, "customer"),
  "tickets.get": onTicket,
  "tickets.link": onTwo,
  "tickets.list": async () => ({ limit: 1 }),
  "tickets.open": async () => ({ title: "Ours", description: "" }),
  "tickets.reopen": async (home) => {
    const ticketId = (await ticket(home)).id;
    await home.act("tickets.setStatus", { ticketId, version: 1, status: "closed" });
    return { ticketId, version: 2, reason: "Ours." };
  },
  "tickets.reply": (home) => onTicket(home, { body: "Ours." }),
  "tickets.setDepartment": (home) => onVersion(home, { departmentId: home.ids["department"] }),
  "tickets.setFollowers": async (home) => ({
    ...(await onTicketOf(home, "customer")),
    userIds: [home.ids["super_admin"]],
  }),
  "tickets.setPriority": (home) => onVersion(home, { priority: "high" }),
  "tickets.setStatus": (home) => onVersion(home, { status: "in_progress" }),
  "tickets.setTags": (home) => onVersion(home, { tags: [] }),
  "tickets.take": (home) => onTicketOf(home, "customer"),
  "tickets.timeline": onTicket,
  "tickets.unfollow": onTicket,
  "tickets.unlink": onTwo,
  "tickets.update": (home) => onVersion(home, { title: "Ours, edited" }),
};
