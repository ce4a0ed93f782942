import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { query } from "../../statement.ts";

/** Attachments that were there by an instant and may be handed out, in the order of their ids: a page after an id. */
export const listFilesToExport = query<
  { afterId: string; takenAt: Instant },
  { id: string; storageKey: string }
>(
  (p) => sql`
    select id, storage_key as "storageKey" from attachments
    where organization_id = ${p.organizationId} and id > ${p.afterId}
      and state = 'ready' and attached_at <= ${p.takenAt}
    order by id limit 200`,
);
