import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { MailAddresses } from "../mail/addresses.ts";
import { Unsubscriptions } from "../mail/unsubscriptions.ts";
import { PNG, Sender } from "../attachments/upload.fixtures.ts";
import { openBench } from "./exporting.fixtures.ts";

/** How the bytes of a secret may be written. */
const spellings = (bytes: Uint8Array): string[] => [
  Buffer.from(bytes).toString("hex"),
  Buffer.from(bytes).toString("base64").replaceAll("=", ""),
  Buffer.from(bytes).toString("base64url"),
];
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("no secret is anywhere in an archive: not what is stored of it, and not what mails said", async () => {
  await using bench = await openBench();
  const { server } = bench;
  const { sql, env } = server.resources;
  const sofia = (await server.as("sofia")).api;
  const key = await sofia.apiKeys.create.mutate({
    name: "A key that is found",
    scopes: ["ticket.read_organization"],
  });
  const webhook = await sofia.webhooks.create.mutate({
    name: "A webhook that is found",
    url: "https://9.9.9.9/hook",
    eventKinds: ["*"],
  });
  await sofia.webhooks.rotateSecret.mutate({ webhookId: webhook.id, version: webhook.version });

  // What customers quote of mails of ours: an address that speaks for them, and a link that acts for them.
  const ben = (await server.as("ben")).api;
  const ticket = await ben.tickets.open.mutate({ title: "Quoted", description: "What was written follows" });
  const me = await ben.auth.me.query();
  const organizationId = me.organization.id;
  const of = { organizationId, ticketId: ticket.id, userId: me.id };
  const addresses = new MailAddresses(env);
  const signature = addresses.signatureOf(of);
  const unsubscription = new Unsubscriptions(env).tokenOf({ organizationId, userId: me.id, what: "digest" });
  await ben.tickets.reply.mutate({
    ticketId: ticket.id,
    body: `A quotation that is found: From: ${addresses.replyAddress("demo", ticket.number, of)}
Message-ID: ${addresses.messageId("demo", ticket.number, ticket.id, of)}
No more such mails: https://help.example/api/v1/unsubscribe?token=${unsubscription}`,
  });
  const file = await (
    await Sender.named(server, "ben")
  ).id(PNG, {
    name: "A file that is found.png",
    ticketId: ticket.id,
  });
  await ben.tickets.reply.mutate({ ticketId: ticket.id, body: "See it", attachmentIds: [file] });
  await sql`
    insert into auth_tokens (organization_id, id, user_id, purpose, token_hash, created_at, expires_at)
    values (${organizationId}, ${ticket.id}, ${me.id}, 'reset_password', ${sha256("reset")}, now(), now() + interval '1 day')`;
  await sql`
    insert into ticket_ratings (organization_id, id, ticket_id, resolved_at, token_hash, created_at, expires_at)
    values (${organizationId}, ${ticket.id}, ${ticket.id}, now(), ${sha256("rating")}, now(), now() + interval '1 day')`;

  const column = async (name: string, table: string) =>
    (
      await sql.unsafe<{ value: string }[]>(
        `select ${name} as value from ${table}
      where organization_id = $1 and ${name} is not null`,
        [organizationId],
      )
    ).map(({ value }) => value);
  const sealed = (await column("sealed_secret", "webhooks")) as unknown as Uint8Array[];
  const previous = (await column("previous_sealed_secret", "webhooks")) as unknown as Uint8Array[];
  const secrets: Record<string, string[]> = {
    "password hashes": await column("password_hash", "users"),
    "hashes of refresh tokens": await column("token_hash", "refresh_tokens"),
    "hashes of links by mail": await column("token_hash", "auth_tokens"),
    "hashes of links to rate by": await column("token_hash", "ticket_ratings"),
    "hashes of keys": await column("secret_hash", "api_key_secrets"),
    "a key itself": [key.key],
    "secrets of webhooks": [webhook.secret],
    "sealed secrets of webhooks": [...sealed, ...previous].flatMap(spellings),
    "a reply address's signature": [signature],
    "a link that unsubscribes": [unsubscription],
    "places in the file store": await column("storage_key", "attachments"),
    "the secret of the process": [env.AUTH_SECRET],
  };
  const { files } = await bench.takenApart("sofia", { includesFiles: true });
  const all = [...files.values()].map((bytes) => bytes.toString("latin1")).join("\n");
  for (const [what, texts] of Object.entries(secrets)) {
    expect({ what, isThere: texts.length > 0 }).toEqual({ what, isThere: true });
    expect({ what, found: texts.filter((text) => all.includes(text)) }).toEqual({ what, found: [] });
  }
  // The same search finds what stands beside each of them.
  const rows = [
    key.id,
    "A key that is found",
    "A webhook that is found",
    "A file that is found.png",
    me.email,
  ];
  for (const text of [...rows, "A quotation that is found", `ticket-${ticket.number}-`, ticket.id])
    expect({ text, isFound: all.includes(text) }).toEqual({ text, isFound: true });
  // And it would find each of them where they are.
  const [dump] = await sql<{ text: string }[]>`
    select string_agg(u::text, '') as text from users u where organization_id = ${organizationId}`;
  for (const hash of secrets["password hashes"]!) expect(dump!.text).toContain(hash);
});
