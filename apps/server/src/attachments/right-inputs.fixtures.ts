import type { Sql } from "@helpdesk/db";
import { type Home, type RightInputs, type Row, instantNow, newId } from "@helpdesk/testing/tenant-wall";

interface Sent {
  organizationId: string;
  uploadedById: string;
  /** Null for a ticket that is still to be opened. */
  ticketId: string | null;
  /** On the ticket's description. */
  isAttached?: boolean;
}

/** The row of a file that somebody sent; its bytes are nowhere. */
export async function sentFile(sql: Sql, { isAttached = false, ...sent }: Sent): Promise<string> {
  const id = newId();
  const now = instantNow();
  await sql`
    insert into attachment_usage (organization_id, used_bytes) values (${sent.organizationId}, 0)
    on conflict do nothing`;
  await sql`
    insert into attachments (organization_id, id, ticket_id, name, content_type, storage_key, sha256, state,
      uploaded_by_id, created_at, attached_at)
    values (${sent.organizationId}, ${id}, ${sent.ticketId}, 'ours.txt', 'text/plain', ${`attachments/${id}`},
      ${"0".repeat(64)}, 'ready', ${sent.uploadedById}, ${now}, ${isAttached ? now : null})`;
  return id;
}

/** A file that waits for a text of its sender's, the super admin, on a ticket or a new one. */
export const waiting = ({ ids, sql }: Home, ticketId: string | null): Promise<string> =>
  sentFile(sql, { organizationId: ids["organization"]!, uploadedById: ids["super_admin"]!, ticketId });

const onFile = async ({ act, ids, sql }: Home) => {
  const { id: ticketId } = await act<Row>("tickets.open", {
    title: "Ours",
    description: "",
    customerId: ids["customer"],
  });
  const sent = { organizationId: ids["organization"]!, uploadedById: ids["super_admin"]!, ticketId };
  return { attachmentId: await sentFile(sql, { ...sent, isAttached: true }) };
};

export const rightInputs: RightInputs = {
  "attachments.remove": onFile,
  "attachments.url": onFile,
};
