import { type RouterOutputs, createHelpdeskClient } from "@helpdesk/client";

const url = process.env["HELPDESK_URL"] ?? "http://127.0.0.1:4000";
const signIn = async (email: string) => {
  const client = createHelpdeskClient({ url });
  await client.signIn({ organization: "demo", email, password: "Demo-pass-2026!" });
  return client.api;
};
const [nora, ben, petra] = await Promise.all(
  ["nora@brightbakery.example", "ben@lumen.example", "petra@lumen.example"].map(signIn),
);
if (!nora || !ben || !petra) throw new Error("Three people take part.");

type Header = RouterOutputs["tickets"]["open"];
const say = (what: string, { number, status, assignee, resolutionDueAt }: Header) =>
  console.log(
    `${what.padEnd(18)} #${number} ${status.padEnd(12)} ${(assignee?.name ?? "nobody").padEnd(12)} resolution due ${resolutionDueAt ?? "–"}`,
  );

let ticket = await nora.tickets.open.mutate({
  title: "The card reader declines every card",
  description: "Since the update this morning. **Every** card, every bank.",
});
const ticketId = ticket.id;
say("opened", ticket);

const support = (await petra.departments.list.query()).find(({ name }) => name === "Technical support");
if (!support) throw new Error("The demo data has a department Technical support.");
ticket = await petra.tickets.setDepartment.mutate({
  ticketId,
  version: ticket.version,
  departmentId: support.id,
});
if (ticket.assignee === null) ticket = await ben.tickets.take.mutate({ ticketId });
say("routed", ticket);

ticket = await ben.tickets.reply.mutate({ ticketId, body: "Which version does it show under *About*?" });
say("answered", ticket);

ticket = await ben.tickets.setStatus.mutate({ ticketId, version: ticket.version, status: "waiting" });
say("waiting: it stands", ticket);

ticket = await nora.tickets.reply.mutate({ ticketId, body: "It says 4.1. The shop is full of people!" });
say("customer replied", ticket);

await ben.tickets.addNote.mutate({
  ticketId,
  body: "4.1 broke two others today. This is bigger than one shop.",
});
ticket = await petra.tickets.setPriority.mutate({ ticketId, version: ticket.version, priority: "urgent" });
const escalatedDueAt = ticket.resolutionDueAt;
say("escalated", ticket);

const twin = await nora.tickets.open.mutate({
  title: "Card reader again",
  description: "See my other ticket.",
});
await petra.tickets.merge.mutate({ ticketId, version: ticket.version, intoTicketId: twin.id });
const merged = await petra.tickets.get.query({ ticketId });
say("merged by mistake", merged);
await petra.tickets.unmerge.mutate({ ticketId, version: merged.version });
ticket = await petra.tickets.get.query({ ticketId });
say("un-merged", ticket);
console.log(`  the same due instant as before the merge: ${ticket.resolutionDueAt === escalatedDueAt}`);

ticket = await ben.tickets.reply.mutate({ ticketId, body: "Version 4.2 is on its way to your reader." });
ticket = await ben.tickets.setStatus.mutate({ ticketId, version: ticket.version, status: "resolved" });
say("resolved", ticket);

ticket = await nora.tickets.reply.mutate({ ticketId, body: "One reader of three still declines." });
say("reopened", ticket);

ticket = await ben.tickets.reply.mutate({ ticketId, body: "That one had not been restarted. Now it has." });
ticket = await ben.tickets.setStatus.mutate({ ticketId, version: ticket.version, status: "resolved" });
ticket = await ben.tickets.setStatus.mutate({ ticketId, version: ticket.version, status: "closed" });
say("closed", ticket);

const clock = (instant: string) => instant.slice(0, 16).replace("T", " ");

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
  for (const {
    ordinal,
    state,
    targetSeconds,
    elapsedSeconds,
    carriedSeconds,
    dueAt,
    breachedAt,
    spans,
  } of cycles) {
    const end = breachedAt
      ? `breached ${clock(breachedAt)}`
      : dueAt
        ? `due ${clock(dueAt)}`
        : "no due instant";
    console.log(`  ${metric} ${ordinal}: ${state}, ${elapsedSeconds} s of ${targetSeconds} s, ${end}`);
    if (carriedSeconds > 0) console.log(`    ${carriedSeconds} s carried from the cycle before`);
    for (const { kind, from, to, seconds } of spans)
      console.log(`    ${kind.padEnd(8)} ${clock(from)} – ${clock(to)}  ${seconds} s`);
  }
}
