import { setTimeout as wait } from "node:timers/promises";
import { type RouterOutputs, createHelpdeskClient } from "@helpdesk/client";

const url = process.env["HELPDESK_URL"] ?? "http://127.0.0.1:4000";
const signIn = async (email: string) => {
  const client = createHelpdeskClient({ url });
  await client.signIn({ organization: "demo", email, password: "Demo-pass-2026!" });
  return client.api;
};
const nora = await signIn("nora@brightbakery.example");
const ben = await signIn("ben@lumen.example");
const petra = await signIn("petra@lumen.example");
const omar = await signIn("omar@lumen.example");

// A promise short enough to be broken while one looks on: six seconds to a resolution, at any hour of the week.
const mark = `life-${Date.now().toString(36)}`;
const allDay: [string, string][] = [["00:00", "24:00"]];
const calendar = await omar.sla.calendars.create.mutate({
  name: mark,
  timeZone: "Europe/Berlin",
  hours: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay },
});
const tag = await omar.tags.create.mutate({ name: mark });
const policy = await omar.sla.policies.create.mutate({
  name: mark,
  calendarId: calendar.id,
  conditions: { tagIds: [tag.id] },
  firstResponseTargetSeconds: 5,
  nextResponseTargetSeconds: 5,
  resolutionTargetSeconds: 6,
  escalations: {
    steps: [
      { metric: "resolution", action: { kind: "raise_priority", priority: "urgent" } },
      { metric: "resolution", action: { kind: "notify", roles: ["manager"] } },
    ],
  },
});
const others = (await omar.sla.policies.list.query()).filter(({ id }) => id !== policy.id);
await omar.sla.policies.order.mutate({ policyIds: [policy.id, ...others.map(({ id }) => id)] });
const [{ id: benId }, { id: petraId }] = await Promise.all([ben.auth.me.query(), petra.auth.me.query()]);
const shop = await omar.departments.create.mutate({
  name: mark,
  managerId: petraId,
  calendarId: calendar.id,
});
await omar.departments.setMembers.mutate({ departmentId: shop.id, version: shop.version, userIds: [benId] });
// Every process has seen the new rules after a second.
await wait(1_000);

const clock = (instant: string | null) => instant?.slice(11, 19) ?? "–";
type Header = RouterOutputs["tickets"]["open"];
const say = (what: string, { number, status, priority, assignee, resolutionDueAt }: Header) =>
  console.log(
    `${what.padEnd(18)} #${number} ${status.padEnd(12)} ${priority.padEnd(7)} ${(assignee?.name ?? "nobody").padEnd(12)} resolution due ${clock(resolutionDueAt)}`,
  );

let ticket = await nora.tickets.open.mutate({
  title: "The card reader declines every card",
  description: "Since the update this morning. **Every** card, every bank.",
});
const ticketId = ticket.id;
say("opened", ticket);

ticket = await petra.tickets.setDepartment.mutate({
  ticketId,
  version: ticket.version,
  departmentId: shop.id,
});
ticket = await ben.tickets.take.mutate({ ticketId });
ticket = await ben.tickets.setTags.mutate({ ticketId, version: ticket.version, tags: [mark] });
say("routed", ticket);

ticket = await ben.tickets.reply.mutate({ ticketId, body: "Which version does it show under *About*?" });
say("answered", ticket);

await wait(1_000);
ticket = await ben.tickets.setStatus.mutate({ ticketId, version: ticket.version, status: "waiting" });
say("waiting: it stands", ticket);

await wait(2_000);
ticket = await nora.tickets.reply.mutate({ ticketId, body: "It says 4.1. The shop is full of people!" });
say("customer replied", ticket);

// Nobody does anything: the worker does, at the instant that the promise is broken.
for (let look = 0; ticket.priority !== "urgent"; look += 1) {
  if (look === 100) throw new Error("Is a worker running? Nobody told the breach.");
  await wait(200);
  ticket = await ben.tickets.get.query({ ticketId });
}
say("escalated", ticket);

const dueBefore = ticket.resolutionDueAt;
const twin = await nora.tickets.open.mutate({
  title: "Card reader again",
  description: "See my other ticket.",
});
await petra.tickets.merge.mutate({ ticketId, version: ticket.version, intoTicketId: twin.id });
ticket = await petra.tickets.get.query({ ticketId });
say("merged by mistake", ticket);
await wait(1_000);
await petra.tickets.unmerge.mutate({ ticketId, version: ticket.version });
ticket = await petra.tickets.get.query({ ticketId });
say("un-merged", ticket);
console.log(`  the same due instant as before the merge: ${ticket.resolutionDueAt === dueBefore}`);

ticket = await ben.tickets.reply.mutate({ ticketId, body: "Version 4.2 is on its way to your reader." });
ticket = await ben.tickets.setStatus.mutate({ ticketId, version: ticket.version, status: "resolved" });
say("resolved", ticket);

await wait(1_000);
ticket = await nora.tickets.reply.mutate({ ticketId, body: "One reader of three still declines." });
say("reopened", ticket);

ticket = await ben.tickets.reply.mutate({ ticketId, body: "That one had not been restarted. Now it has." });
ticket = await ben.tickets.setStatus.mutate({ ticketId, version: ticket.version, status: "resolved" });
ticket = await ben.tickets.setStatus.mutate({ ticketId, version: ticket.version, status: "closed" });
say("closed", ticket);

console.log("\nTimeline");
const { timeline } = await ben.tickets.get.query({ ticketId });
for (const { at, actor, kind, changes, comment } of timeline) {
  const changed = Object.entries(changes).map(
    ([field, { from, to }]) => `${field}: ${from?.label || "–"} → ${to?.label || "–"}`,
  );
  const said = comment ? [`“${comment.body}”`] : [];
  console.log(
    `  ${clock(at)}  ${(actor?.name ?? "the clock").padEnd(13)} ${kind.padEnd(18)} ${[...changed, ...said].join("; ")}`,
  );
}

console.log("\nWhy the clocks say what they say");
for (const metric of ["first_response", "next_response", "resolution"] as const) {
  const { cycles } = await ben.sla.explain.query({ ticketId, metric });
  for (const cycle of cycles) {
    const { ordinal, state, targetSeconds, elapsedSeconds, carriedSeconds, dueAt, breachedAt, spans } = cycle;
    const end = breachedAt ? `breached ${clock(breachedAt)}` : `due ${clock(dueAt)}`;
    console.log(`  ${metric} ${ordinal}: ${state}, ${elapsedSeconds} s of ${targetSeconds} s, ${end}`);
    if (carriedSeconds > 0) console.log(`    ${carriedSeconds} s carried from the cycle before`);
    for (const { kind, from, to, seconds } of spans)
      console.log(`    ${kind.padEnd(8)} ${clock(from)} – ${clock(to)}  ${seconds} s`);
  }
}

const { id: policyId, position: _, version: __, updatedAt: ___, ...terms } = policy;
const { version } = (await omar.sla.policies.list.query()).find(({ id }) => id === policyId)!;
await omar.sla.policies.update.mutate({ ...terms, policyId, version, isActive: false });
