import { createHelpdeskClient, refusalIn, safe } from "@helpdesk/client";

const url = process.env["HELPDESK_URL"] ?? "http://127.0.0.1:4000";
const signIn = async (email: string) => {
  const client = createHelpdeskClient({ url });
  const user = await client.signIn({ organization: "demo", email, password: "Demo-pass-2026!" });
  console.log(`${user.name} signed in as ${user.role.name}`);
  return client.api;
};

const customer = await signIn("nora@brightbakery.example");
const opened = await customer.tickets.open.mutate({
  title: "The till prints no receipts",
  description: "Since this morning, in the shop at the market.",
  priority: "high",
});
console.log(`#${opened.number} ${opened.status}, first response due ${opened.firstResponseDueAt}`);

const agent = await signIn("ben@lumen.example");
const ticketId = opened.id;
await agent.tickets.take.mutate({ ticketId });
await agent.tickets.addNote.mutate({ ticketId, body: "Same model as last week: try the cable first." });
const answered = await agent.tickets.reply.mutate({
  ticketId,
  body: "Please unplug the printer for ten seconds.",
});
await agent.tickets.setStatus.mutate({ ticketId, status: "waiting", version: answered.version });
const back = await customer.tickets.reply.mutate({ ticketId, body: "That did it, thank you!" });
console.log(`The customer's answer took it back to ${back.status}`);

// Refusals are types: the compiler knows which ones setStatus can answer.
const [, error] = await safe(agent.tickets.setStatus.mutate({ ticketId, status: "resolved", version: 1 }));
const refusal = error && refusalIn(error);
if (refusal?.code === "version.conflict") {
  console.log(`Refused: it is at version ${refusal.version} by now`);
  await agent.tickets.setStatus.mutate({ ticketId, status: "resolved", version: refusal.version });
}

const { timeline } = await customer.tickets.get.query({ ticketId });
for (const { kind, actor, comment } of timeline) {
  console.log(`  ${kind.padEnd(15)} ${actor?.name.padEnd(14)} ${comment?.body ?? ""}`);
}
