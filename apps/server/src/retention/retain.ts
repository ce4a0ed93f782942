import {
  type Sql,
  type Unit,
  claimRetention,
  deleteFilesOfTickets,
  deleteOldNotifications,
  emptyMails,
  emptyMailsOfTickets,
  finishRetention,
  keepRetentionProgress,
  learnErased,
  listDueRetention,
  listMailsToEmpty,
  listOver,
  listTicketsWithFiles,
  lockTicketsToErase,
  markErased,
  noOrganization,
  putOffRetention,
  read,
  ticketWipes,
  transact,
} from "@helpdesk/db";
import {
  type Instant,
  type RetentionKind,
  nextRetention,
  plusSeconds,
  retainedSince,
} from "@helpdesk/domain";
import type { Logger } from "pino";
import type { FileStore } from "../attachments/file-store.ts";
import { removeFilesOf } from "../erasure/batch.ts";
import type { Runtime } from "../runtime.ts";
import { repeat } from "../worker/repeat.ts";
import { auditRun } from "./audit-run.ts";

export interface Retaining {
  sql: Sql;
  runtime: Runtime;
  log: Logger;
  files: FileStore;
}

interface Batch {
  unit: Unit;
  files: FileStore;
  now: Instant;
  before: Instant;
  exceptTagId: string | null;
  count(table: string, rows: number): void;
}

const LOOK_EVERY_MS = 10_000;
const LONGEST_PAUSE_SECONDS = 3_600;
const TICKETS = 20;
const FILES = 100;
const MAILS = 50;
const NOTIFICATIONS = 2_000;

/** Lets go of some of what is due, in one transaction. Whether there may be more. */
const batches: Readonly<Record<RetentionKind, (batch: Batch) => Promise<boolean>>> = {
  async tickets(batch) {
    const { unit, now, before, exceptTagId, count } = batch;
    const due = await lockTicketsToErase(unit, { before, exceptTagId, limit: TICKETS });
    if (due.length === 0) return false;
    const ticketIds = await stillOver(batch, due);
    if (await letGoOfFiles(batch, ticketIds)) return true;
    for (const { table, run } of ticketWipes) count(table, await run(unit, { ticketIds }));
    const mails = await emptyMailsOfTickets(unit, { ticketIds });
    count("inbound_mails", mails.length);
    await markErased(unit, { ticketIds, at: now });
    await learnErased(unit);
    await removeFilesOf(batch, mails);
    return due.length === TICKETS;
  },
  async files(batch) {
    const { unit, before, exceptTagId } = batch;
    const due = await listTicketsWithFiles(unit, { before, exceptTagId, limit: TICKETS });
    const hasMore = await letGoOfFiles(batch, await stillOver(batch, due));
    return hasMore || due.length === TICKETS;
  },
  async mails(batch) {
    const { unit, before, count } = batch;
    const mails = await listMailsToEmpty(unit, { before, limit: MAILS });
    const gone = await emptyMails(unit, { mailIds: JSON.stringify(mails.map(({ id }) => id)) });
    count("inbound_mails", gone.length);
    await removeFilesOf(batch, gone);
    return mails.length === MAILS;
  },
  async notifications({ unit, before, count }) {
    const gone = await deleteOldNotifications(unit, { before, limit: NOTIFICATIONS });
    count("notifications", gone.length);
    return gone.length === NOTIFICATIONS;
  },
};

/** A JSON array of those of some locked tickets that nothing keeps, also nothing that was done while their locks were waited for. */
async function stillOver(
  { unit, before, exceptTagId }: Batch,
  locked: readonly { id: string }[],
): Promise<string> {
  const ticketIds = JSON.stringify(locked.map(({ id }) => id));
  return JSON.stringify((await listOver(unit, { before, exceptTagId, ticketIds })).map(({ id }) => id));
}

/** Removes some of the files of tickets. Whether there may be more. */
async function letGoOfFiles(batch: Batch, ticketIds: string): Promise<boolean> {
  const attachments = await deleteFilesOfTickets(batch.unit, { ticketIds, limit: FILES });
  batch.count("attachments", attachments.length);
  await removeFilesOf(batch, attachments);
  return attachments.length === FILES;
}

/**
 * Does one batch of each rule that is due, with what it counted in the same transaction: a worker that dies leaves nothing
 * half done. A rule that has done its work leaves a line in the audit log, and looks again a day later. How many there were.
 */
export async function retainSome({ sql, runtime, log, files }: Retaining): Promise<number> {
  const due = await listDueRetention(read(sql, noOrganization), { now: runtime.now() });
  let done = 0;
  for (const { organizationId, kind } of due) {
    try {
      if (await transact(sql, organizationId, (unit) => advance({ runtime, files }, unit, kind))) done++;
    } catch (error) {
      log.error({ err: error, organizationId, kind }, "retention");
      await transact(sql, organizationId, async (unit) => {
        const [rule] = await claimRetention(unit, { kind, now: runtime.now() });
        const pause = Math.min(5 * 2 ** (rule?.attempts ?? 0), LONGEST_PAUSE_SECONDS);
        if (rule) await putOffRetention(unit, { kind, dueAt: plusSeconds(runtime.now(), pause) });
      });
    }
  }
  return done;
}

async function advance(
  { runtime, files }: Pick<Retaining, "runtime" | "files">,
  unit: Unit,
  kind: RetentionKind,
): Promise<boolean> {
  const now = runtime.now();
  const [rule] = await claimRetention(unit, { kind, now });
  if (!rule) return false;
  const counts = { ...rule.counts };
  const hasMore = await batches[kind]({
    unit,
    files,
    now,
    before: retainedSince(now, rule.keepDays),
    exceptTagId: rule.exceptTagId,
    count(table, rows) {
      if (rows > 0) counts[table] = (counts[table] ?? 0) + rows;
    },
  });
  const text = JSON.stringify(counts);
  if (hasMore) {
    await keepRetentionProgress(unit, { kind, counts: text, dueAt: now });
    return true;
  }
  await finishRetention(unit, { kind, counts: text, at: now, dueAt: nextRetention(now) });
  await auditRun(runtime, unit, { kind, at: now, ...rule, counts });
  return true;
}

/** Lets go of what is due until the function it returns is called. */
export const keepRetaining = (retaining: Retaining): (() => Promise<void>) =>
  repeat(async () => ((await retainSome(retaining)) > 0 ? 0 : LOOK_EVERY_MS), retaining.log, "retention");
