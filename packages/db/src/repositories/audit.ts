import { type SQL, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import {
  type AuditEntry,
  type AuditHead,
  type ChainedEntry,
  contentHash,
  genesisHash,
} from "../audit-chain.ts";
import { type Params, command, globalQuery, query, shaped } from "../statement.ts";
import type { Unit } from "../unit.ts";

interface Append extends Omit<AuditEntry, "data"> {
  /** A JSON object. */
  data: string;
  content: string;
}

const hashed = (text: SQL): SQL => sql`encode(sha256((${text})::bytea), 'hex')`;

/**
 * One row more at the end of the organization's chain. All who write to it wait for each other from here to their commit,
 * so it comes last in a transaction: the locks of whatever else are held already.
 */
const append = command<Append, never>(
  (p) => sql`
    with head as (
      insert into audit_heads as h (organization_id, sequence, prev_hash, hash)
      select ${p.organizationId}::uuid, 1, ${sql.raw(`'${genesisHash}'`)}, ${hashed(sql`${sql.raw(`'${genesisHash} 1 '`)} || ${p.content}::text`)}
      on conflict (organization_id) do update set
        sequence = h.sequence + 1, prev_hash = h.hash,
        hash = ${hashed(sql`h.hash || ' ' || (h.sequence + 1)::text || ' ' || ${p.content}::text`)}
      returning sequence, prev_hash, hash)
    insert into audit_log (organization_id, id, sequence, actor_id, api_key_id, on_behalf_of_id, procedure, data, at, prev_hash, hash)
    select ${p.organizationId}::uuid, ${p.id}::uuid, head.sequence, ${p.actorId}::uuid, ${p.apiKeyId}::uuid,
      ${p.onBehalfOfId}::uuid, ${p.procedure}::text, (${p.data}::text)::jsonb, ${p.at}::timestamptz, head.prev_hash, head.hash
    from head`,
);

export async function appendAudit(unit: Unit, entry: AuditEntry): Promise<void> {
  const content = contentHash(unit.organizationId, entry);
  await append(unit, { ...entry, data: JSON.stringify(entry.data), content });
}

const columns = sql.raw(`
  a.id, a.sequence, a.at, a.procedure, a.actor_id as "actorId", a.api_key_id as "apiKeyId",
  a.on_behalf_of_id as "onBehalfOfId", a.data, a.prev_hash as "prevHash", a.hash`);

/** The chain from after a place on, a thousand rows at most. */
export const readAuditChain = query<{ after: number }, ChainedEntry>(
  (p) => sql`
    select ${columns} from audit_log a
    where a.organization_id = ${p.organizationId} and a.sequence > ${p.after}::int
    order by a.sequence limit 1000`,
);

/** The line about a finished erasure with its receipt. */
export const findErasureLine = query<
  { erasureId: string; receiptHash: string },
  { sequence: number; organization: string }
>(
  (p) => sql`
    select a.sequence, o.slug as organization from audit_log a join organizations o on o.id = ${p.organizationId}
    where a.organization_id = ${p.organizationId} and a.procedure = 'erasures.finish'
      and a.data ->> 'erasureId' = ${p.erasureId}::text and a.data ->> 'receiptHash' = ${p.receiptHash}::text`,
);

/** Where each organization's chain ends: as its head says, or its rows where it has none. */
export const listAuditHeads = globalQuery<
  Record<never, never>,
  AuditHead & { organizationId: string; organization: string }
>(
  () => sql`
    select o.id as "organizationId", o.slug as organization, coalesce(h.sequence, 0) as sequence,
      coalesce(h.hash, ${sql.raw(`'${genesisHash}'`)}) as hash
    from organizations o left join audit_heads h on h.organization_id = o.id order by o.slug`,
);

export interface AuditRow extends Pick<
  ChainedEntry,
  "id" | "sequence" | "at" | "procedure" | "data" | "hash"
> {
  actor: { id: string; name: string };
  apiKey: { id: string; name: string } | null;
  onBehalfOf: { id: string; name: string } | null;
}

export interface AuditValues {
  before: number;
  limit: number;
  apiKeyId: string | null;
  actorId: string | null;
  procedure: string | null;
  from: Instant | null;
  until: Instant | null;
}

const filters = {
  apiKeyId: (p: Params<AuditValues>) => sql`a.api_key_id = ${p.apiKeyId}::uuid`,
  actorId: (p: Params<AuditValues>) => sql`a.actor_id = ${p.actorId}::uuid`,
  procedure: (p: Params<AuditValues>) => sql`a.procedure = ${p.procedure}::text`,
  from: (p: Params<AuditValues>) => sql`a.at >= ${p.from}::timestamptz`,
  until: (p: Params<AuditValues>) => sql`a.at < ${p.until}::timestamptz`,
};

export type AuditFilter = keyof typeof filters;
export const auditFilters = Object.keys(filters) as AuditFilter[];

const compiled = shaped((shape: string) => {
  const named = shape.split(" ").filter((name) => name !== "") as AuditFilter[];
  return query<AuditValues, AuditRow>(
    (p) => sql`
    select a.id, a.sequence, a.at, a.procedure, a.data, a.hash,
      jsonb_build_object('id', a.actor_id, 'name', coalesce(u.name, '')) as actor,
      case when a.api_key_id is not null then jsonb_build_object('id', a.api_key_id, 'name', coalesce(k.name, '')) end as "apiKey",
      case when a.on_behalf_of_id is not null then jsonb_build_object('id', a.on_behalf_of_id, 'name', coalesce(b.name, '')) end as "onBehalfOf"
    from audit_log a
    left join users u on u.organization_id = ${p.organizationId} and u.id = a.actor_id
    left join api_keys k on k.organization_id = ${p.organizationId} and k.id = a.api_key_id
    left join users b on b.organization_id = ${p.organizationId} and b.id = a.on_behalf_of_id
    where a.organization_id = ${p.organizationId} and a.sequence < ${p.before}::int
      ${sql.join(
        named.map((name) => sql`and ${filters[name](p)}`),
        sql` `,
      )}
    order by a.sequence desc limit ${p.limit}::int`,
  );
});

/** The statement for a page of the log with these filters, the latest first, with everybody as they are called now. */
export const listAudit = (named: AuditFilter[]) => compiled(named.join(" "));
