import {
  type Unit,
  appendAudit,
  claimErasure,
  expireExports,
  finishErasure,
  keepProgress,
  listDueErasures,
  noOrganization,
  putOffErasure,
  read,
  restartExports,
  transact,
} from "@helpdesk/db";
import { Traces, plusSeconds } from "@helpdesk/domain";
import { repeat } from "../worker/repeat.ts";
import type { Runtime } from "../runtime.ts";
import { type Batch, type Erasing, removeFilesOf } from "./batch.ts";
import { receiptHash, receiptOf } from "./receipt.ts";
import { lastStep, stepAfter, stepCalled } from "./steps.ts";

const LOOK_EVERY_MS = 1_000;
const LONGEST_PAUSE_SECONDS = 3_600;

/**
 * Does one batch of each erasure that is due, with how far it has come in the same transaction: a worker that dies leaves
 * nothing half done, and the next goes on from there. How many there were to do.
 */
export async function eraseSome(erasing: Erasing): Promise<number> {
  const { sql, runtime, log } = erasing;
  const due = await listDueErasures(read(sql, noOrganization), { now: runtime.now() });
  let done = 0;
  for (const { organizationId, id } of due) {
    try {
      if (await transact(sql, organizationId, (unit) => advance(erasing, unit, id))) done++;
    } catch (error) {
      log.error({ err: error, erasureId: id }, "erasure");
      await putOff(erasing, organizationId, id);
    }
  }
  return done;
}

/** Erases until the function it returns is called. */
export const keepErasing = (erasing: Erasing): (() => Promise<void>) =>
  repeat(async () => ((await eraseSome(erasing)) > 0 ? 0 : LOOK_EVERY_MS), erasing.log, "erasure");

async function advance({ runtime, files }: Erasing, unit: Unit, id: string): Promise<boolean> {
  const now = runtime.now();
  const erasure = await claimErasure.first(unit, { id, now });
  if (!erasure) return false;
  const counts = { ...erasure.counts };
  const count = (table: string, rows: number) => {
    if (rows > 0) counts[table] = (counts[table] ?? 0) + rows;
  };
  const { userId, name, otherNames, email, phone } = erasure;
  const traces = new Traces({ id: userId, names: [name, ...otherNames], email, phone });
  const batch: Batch = { unit, erasure, traces, now, files, count };
  const step = stepCalled(erasure.step);
  if (!step) {
    await finish(runtime, batch, counts);
    return true;
  }
  const afterKey = await step(batch, erasure.afterKey);
  const next = afterKey === null ? stepAfter(erasure.step) : erasure.step;
  await keepProgress(unit, { id, step: next, afterKey, counts: JSON.stringify(counts), now });
  return true;
}

/** The person's own row, exports that have it, the receipt, and its line in the audit log. */
async function finish(runtime: Runtime, batch: Batch, counts: Record<string, number>): Promise<void> {
  const { unit, erasure, now: finishedAt, count } = batch;
  if (erasure.step !== lastStep) throw new Error(`There is no step ${erasure.step}.`);
  const { id, userId, requestedById } = erasure;
  const expired = await expireExports(unit);
  count("exports", expired.length);
  await restartExports(unit, { at: finishedAt });
  await removeFilesOf(batch, expired);
  count("users", 1);
  const hash = receiptHash(receiptOf(unit.organizationId, { ...erasure, counts }, finishedAt));
  await finishErasure(unit, { id, userId, finishedAt, counts: JSON.stringify(counts), receiptHash: hash });
  await appendAudit(unit, {
    id: runtime.newId(),
    at: finishedAt,
    procedure: "erasures.finish",
    actorId: requestedById,
    apiKeyId: null,
    onBehalfOfId: null,
    data: { erasureId: id, userId, receiptHash: hash },
  });
}

async function putOff({ sql, runtime }: Erasing, organizationId: string, id: string): Promise<void> {
  await transact(sql, organizationId, async (unit) => {
    const [erasure] = await claimErasure(unit, { id, now: runtime.now() });
    if (!erasure) return;
    const pause = Math.min(5 * 2 ** erasure.attempts, LONGEST_PAUSE_SECONDS);
    await putOffErasure(unit, { id, dueAt: plusSeconds(runtime.now(), pause) });
  });
}
