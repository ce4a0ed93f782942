import { auditFilters, listAudit } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { z } from "zod";
import type { Context } from "../context.ts";
import type { listInput } from "./input.ts";
import type { AuditEntry } from "./view.ts";

const CURSOR = /^a([1-9]\d{0,9})$/;
const END = 2_147_483_647;

function sequenceOf(cursor: string): number {
  const sequence = Number(CURSOR.exec(Buffer.from(cursor, "base64url").toString("latin1"))?.[1]);
  return sequence <= END ? sequence : refuse({ code: "cursor.invalid" });
}

/** The audit log, the latest first. @throws RefusalError `cursor.invalid`. */
export async function list(
  { read }: Context,
  { cursor, limit, ...input }: z.output<typeof listInput>,
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const before = cursor == null ? END : sequenceOf(cursor);
  const { apiKeyId = null, actorId = null, procedure = null, from = null, until = null } = input;
  const values = { apiKeyId, actorId, procedure, from, until };
  const filters = auditFilters.filter((name) => values[name] !== null);
  const rows = await listAudit(filters)(read, { ...values, before, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit;
  return {
    items,
    nextCursor: last && hasMore ? Buffer.from(`a${last.sequence}`).toString("base64url") : null,
  };
}
