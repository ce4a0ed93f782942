import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, globalQuery, query } from "../statement.ts";

export interface MailAddressRow {
  id: string;
  localPart: string;
  departmentId: string | null;
  isActive: boolean;
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(
  `id, local_part as "localPart", department_id as "departmentId", is_active as "isActive", version, updated_at as "updatedAt"`,
);

export const listMailAddresses = query<Record<never, never>, MailAddressRow>(
  (p) => sql`
    select ${columns} from mail_addresses where organization_id = ${p.organizationId} order by local_part`,
);

export const countMailAddresses = query<Record<never, never>, { count: number }>(
  (p) => sql`select count(*)::int as count from mail_addresses where organization_id = ${p.organizationId}`,
);

export const lockMailAddress = command<{ id: string }, MailAddressRow>(
  (p) => sql`
    select ${columns} from mail_addresses where organization_id = ${p.organizationId} and id = ${p.id} for update`,
);

export const insertMailAddress = command<
  { id: string; localPart: string; departmentId: string | null; at: Instant },
  MailAddressRow
>(
  (p) => sql`
    insert into mail_addresses (organization_id, id, local_part, department_id, created_at, updated_at)
    values (${p.organizationId}, ${p.id}, ${p.localPart}, ${p.departmentId}, ${p.at}, ${p.at})
    returning ${columns}`,
);

export const updateMailAddress = command<
  { id: string; departmentId: string | null; isActive: boolean; at: Instant },
  MailAddressRow
>(
  (p) => sql`
    update mail_addresses set department_id = ${p.departmentId}, is_active = ${p.isActive}, version = version + 1,
      updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id} returning ${columns}`,
);

export interface MailRecipientRow {
  organizationId: string;
  /** Whether mail to the address is taken as one for a new ticket. */
  isAddress: boolean;
}

/** Whose address it is, by the organization's slug; `isAddress` where the local part is one of its active ones. */
export const findMailRecipient = globalQuery<{ slug: string; localPart: string }, MailRecipientRow>(
  (p) => sql`
    select o.id as "organizationId", exists (
      select from mail_addresses a where a.organization_id = o.id and a.local_part = ${p.localPart} and a.is_active)
      as "isAddress"
    from organizations o where o.slug = ${p.slug}`,
);
