import { listApiKeys } from "@helpdesk/db";
import type { z } from "zod";
import type { Context } from "../context.ts";
import { fromCursor, toCursor } from "../cursor.ts";
import type { listInput } from "./input.ts";
import { type ApiKey, toApiKey } from "./view.ts";

const ORDER = "api_keys";

/** The organization's keys, the newest first, revoked ones too. @throws RefusalError `cursor.invalid`. */
export async function list(
  { read, now }: Context,
  { limit, cursor }: z.output<typeof listInput>,
): Promise<{ items: ApiKey[]; nextCursor: string | null }> {
  const after = cursor == null ? null : fromCursor(cursor, ORDER);
  const rows = await listApiKeys(read, {
    limit: limit + 1,
    afterAt: after?.value ?? null,
    afterId: after?.id ?? null,
    now,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toApiKey(row, read.organizationId)),
    nextCursor:
      last && rows.length > limit ? toCursor({ order: ORDER, value: last.createdAt, id: last.id }) : null,
  };
}
