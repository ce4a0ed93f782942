import type { Sql } from "@helpdesk/db";
import { type Home, type RightInputs, instantNow, newId } from "@helpdesk/testing/tenant-wall";

interface HeldMail {
  organizationId: string;
  /** Of the ticket that it is on; without one it is held. */
  ticketId?: string | undefined;
  fromAddress?: string | null;
}

/** A mail, as the listener and the worker leave it: held, or opened its ticket. */
export async function keptMail(
  sql: Sql,
  { organizationId, ticketId, fromAddress = "cora@mail.example" }: HeldMail,
): Promise<{ inboundMailId: string; version: number }> {
  const [id, at] = [newId(), instantNow()];
  const sha256 = (newId() + newId()).replaceAll("-", "").padEnd(64, "0").slice(0, 64);
  const state = ticketId === undefined ? "held" : "opened";
  const envelope = JSON.stringify({
    sender: "",
    recipients: ["support@x.example"],
    clientAddress: "127.0.0.1",
  });
  await sql`
    insert into inbound_mails (organization_id, id, sha256, size_bytes, storage_key, envelope, state, reason, due_at,
      received_at, from_address, ticket_id)
    values (${organizationId}, ${id}, ${sha256}, 3, ${`inbound-mails/${sha256}`}, (${envelope}::text)::jsonb, ${state},
      ${state === "held" ? "not_proven" : null}, ${at}, ${at}, ${fromAddress}, ${ticketId ?? null})`;
  return { inboundMailId: id, version: 1 };
}

const heldMail = ({ sql, ids }: Home) => keptMail(sql, { organizationId: ids["organization"]! });

/** A held mail, and a customer with a ticket that it can be made a reply on. */
async function release(home: Home) {
  const ticketId = home.ids["ticket"]!;
  const [row] = await home.sql<
    { personId: string }[]
  >`select customer_id as "personId" from tickets where id = ${ticketId}`;
  return { ...(await heldMail(home)), ticketId, ...row };
}

export const rightInputs: RightInputs = {
  "inboundMails.list": async ({ ids }) => ({ ticketId: ids["ticket"] }),
  "inboundMails.get": async (home) => ({ inboundMailId: (await heldMail(home)).inboundMailId }),
  "inboundMails.release": release,
  "inboundMails.discard": heldMail,
};
