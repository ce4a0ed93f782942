import { callOptions, createHelpdeskClient } from "@helpdesk/client";
import { createNodeClient } from "@helpdesk/client/node";

const url = process.env["HELPDESK_URL"] ?? "http://127.0.0.1:4000";

// Once, by whoever may manage keys: a role, a service account with it, and a key that may act for customers and nothing else.
const sofia = createHelpdeskClient({ url });
await sofia.signIn({ organization: "demo", email: "sofia@lumen.example", password: "Demo-pass-2026!" });
await sofia.api.roles.create.mutate({ key: "shop", name: "Shop", permissions: ["user.act_for"] });
const { key: apiKey } = await sofia.api.apiKeys.create.mutate({
  name: "Web shop",
  service: { name: "Web shop", roleKey: "shop" },
  scopes: ["user.act_for", "ticket.open", "ticket.read_own", "ticket.reply"],
});

// The service: `createNodeClient()` alone reads HELPDESK_URL and HELPDESK_API_KEY or HELPDESK_API_KEY_FILE.
const shop = createNodeClient({ url, credentials: { apiKey, onBehalfOf: "nora@brightbakery.example" } });
const { name } = await shop.api.auth.me.query();
console.log(`The shop acts for ${name}`);

// The order's number names the effect: however often the shop tries, there is one ticket.
const open = () =>
  shop.api.tickets.open.mutate(
    { title: "Order 4711 came broken", description: "All twelve cups." },
    callOptions({ idempotencyKey: "order-4711", timeoutMs: 5_000 }),
  );
const ticket = await open();
console.log(`#${ticket.number} is open; tried again it is #${(await open()).number}`);
const ticketId = ticket.id;

const photo = await shop.uploadFile(import.meta.filename, {
  ticketId,
  onProgress: ({ sentBytes, totalBytes }) => console.log(`  ${sentBytes} of ${totalBytes} bytes`),
});
await shop.api.tickets.reply.mutate({ ticketId, body: "A picture.", attachmentIds: [photo.id] });

// What happens to the ticket from here on arrives by itself, over whatever happens to the connection.
const { timeline } = await shop.api.tickets.get.query({ ticketId });
const changes = shop.api.tickets.onChange.subscribe({ ticketId, lastEventId: timeline.at(-1)!.id });
await sofia.api.tickets.reply.mutate({ ticketId, body: "New cups are on their way." });
for await (const { data } of changes) {
  const answer = data.entries.find(({ actor, comment }) => comment && actor?.name !== name);
  if (!answer) continue;
  console.log(`${answer.actor?.name}: ${answer.comment?.body}`);
  break;
}
