import { type Unit, appendAudit } from "@helpdesk/db";
import type { Instant, RetentionKind } from "@helpdesk/domain";
import type { Runtime } from "../runtime.ts";

interface Run {
  kind: RetentionKind;
  at: Instant;
  keepDays: number | null;
  setById: string;
  counts: Record<string, number>;
}

/** Leaves a line of a run that took something, of whoever set its rule; the last of its unit. */
export async function auditRun(
  { newId }: Pick<Runtime, "newId">,
  unit: Unit,
  { kind, at, keepDays, setById, counts }: Run,
): Promise<void> {
  if (Object.keys(counts).length === 0) return;
  await appendAudit(unit, {
    id: newId(),
    at,
    procedure: "retention.run",
    actorId: setById,
    apiKeyId: null,
    onBehalfOfId: null,
    data: { kind, keepDays, counts },
  });
}
