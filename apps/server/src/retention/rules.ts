import {
  type RetentionRow,
  countRetained,
  holdTags,
  listRetentionRules,
  listTags,
  lockRetentionRule,
  writeRetentionRule,
} from "@helpdesk/db";
import {
  type RetentionKind,
  refuse,
  retainedSince,
  retentionKinds,
  retentionMeanings,
} from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { instantSchema, personSchema } from "../schemas.ts";
import { auditRun } from "./audit-run.ts";

export const retentionRuleSchema = z.object({
  kind: z.enum(retentionKinds),
  /** What goes, and from when it is counted. */
  meaning: z.string(),
  /** Null: nothing goes by itself. */
  keepDays: z.int().nullable(),
  /** Tickets with it are kept. */
  exceptTag: personSchema.nullable(),
  setBy: personSchema.nullable(),
  setAt: instantSchema.nullable(),
  /** 0 while it was never set. */
  version: z.int(),
  /** The last time it came to its end, and rows deleted or changed then, by table. */
  ranAt: instantSchema.nullable(),
  lastCounts: z.record(z.string(), z.int()),
});
export type RetentionRule = z.output<typeof retentionRuleSchema>;

const never = {
  keepDays: null,
  exceptTag: null,
  setBy: null,
  setAt: null,
  version: 0,
  ranAt: null,
  lastCounts: {},
};

const toRule = (kind: RetentionKind, row: RetentionRow | undefined): RetentionRule => ({
  ...(row ?? never),
  kind,
  meaning: retentionMeanings[kind],
});

/** The rules of all kinds. */
export async function listRules({ read }: Pick<Context, "read">): Promise<RetentionRule[]> {
  const rows = await listRetentionRules(read);
  return retentionKinds.map((kind) =>
    toRule(
      kind,
      rows.find((row) => row.kind === kind),
    ),
  );
}

interface Wanted {
  kind: RetentionKind;
  keepDays: number | null;
  exceptTagId: string | null;
}

/** Sets a rule; workers go by it from now on. @throws RefusalError `version.conflict`, `tag.not_found`. */
export const setRule = (
  ctx: Context,
  { version, ...wanted }: Wanted & { version: number },
): Promise<RetentionRule> =>
  ctx.transact(async (unit) => {
    const { kind, exceptTagId } = wanted;
    const before = await lockRetentionRule.first(unit, { kind });
    const is = before?.version ?? 0;
    if (is !== version) refuse({ code: "version.conflict", version: is });
    const ids = exceptTagId === null ? [] : [exceptTagId];
    const held = await holdTags(unit, { ids: JSON.stringify(ids), names: "[]" });
    if (held.length < ids.length) refuse({ code: "tag.not_found" });
    const values = { ...wanted, setById: ctx.actor.userId, version: version + 1, at: ctx.now };
    const written = await writeRetentionRule.first(unit, values);
    if (!written) refuse({ code: "version.conflict", version: version + 1 });
    const rows = await listRetentionRules(unit);
    // A run that is under way ends here: what it took, it took by the rule before.
    if (before) await auditRun(ctx, unit, { kind, at: ctx.now, ...before });
    return toRule(
      kind,
      rows.find((row) => row.kind === kind),
    );
  });

/** How much would go now by a rule, which is not set. @throws RefusalError `tag.not_found`. */
export async function preview(
  ctx: Context,
  { kind, keepDays, exceptTagId }: Wanted & { keepDays: number },
): Promise<{ count: number }> {
  if (exceptTagId !== null && !(await listTags(ctx.read)).some(({ id }) => id === exceptTagId))
    refuse({ code: "tag.not_found" });
  const before = retainedSince(ctx.now, keepDays);
  return (await countRetained[kind].first(ctx.read, { before, exceptTagId }))!;
}
