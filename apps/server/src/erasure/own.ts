import {
  accountWipes,
  awardWipes,
  deleteFilesOfTickets,
  deleteFilesSentBy,
  deleteNotificationsOf,
  emptyMailsOfTickets,
  eraseCommentsBy,
  forgetImportFiles,
  lockImportFiles,
  lockOwnTickets,
  lockSessionsOf,
  sessionWipes,
  ticketWipes,
} from "@helpdesk/db";
import { accountSubject, mailSubject } from "../identity/attempts.ts";
import { type Batch, type Step, firstId, removeFilesOf } from "./batch.ts";

const TICKETS = 20;
const FILES = 50;
const COMMENTS = 2_000;
const SESSIONS = 10;
const NOTIFICATIONS = 2_000;

/** Sign-ins, keys, preferences, and whatever else is a person's alone. */
export const eraseAccount: Step = async ({ unit, erasure, count }) => {
  const { userId, email } = erasure;
  const subjects = JSON.stringify([accountSubject(email), mailSubject(email)]);
  for (const { table, run } of accountWipes) count(table, await run(unit, { userId, email, subjects }));
  return null;
};

/** What they were told of what others did. */
export const eraseNotifications: Step = async ({ unit, erasure, count }) => {
  const { userId } = erasure;
  const gone = await deleteNotificationsOf(unit, { userId, limit: NOTIFICATIONS });
  count("notifications", gone.length);
  return gone.length < NOTIFICATIONS ? null : firstId;
};

/** What was written on their tickets, with files and mails. */
export const eraseTickets: Step = async (batch, after) => {
  const { unit, erasure, count } = batch;
  const tickets = await lockOwnTickets(unit, {
    userId: erasure.userId,
    after: after ?? firstId,
    limit: TICKETS,
  });
  const ticketIds = JSON.stringify(tickets.map(({ id }) => id));
  const attachments = await deleteFilesOfTickets(unit, { ticketIds, limit: FILES });
  count("attachments", attachments.length);
  if (attachments.length === FILES) {
    // The same tickets again: the rest of their files comes before their texts.
    await removeFilesOf(batch, attachments);
    return after ?? firstId;
  }
  for (const { table, run } of ticketWipes) count(table, await run(unit, { ticketIds }));
  const mails = await emptyMailsOfTickets(unit, { ticketIds });
  count("inbound_mails", mails.length);
  await removeFilesOf(batch, [...attachments, ...mails]);
  return tickets.length < TICKETS ? null : tickets.at(-1)!.id;
};

/** Files they sent: of customers all, of staff those that nothing took up. */
export const eraseUploads: Step = async (batch) => {
  const { unit, erasure, count } = batch;
  const { userId, isStaff } = erasure;
  const gone = await deleteFilesSentBy(unit, { userId, all: !isStaff, limit: FILES });
  count("attachments", gone.length);
  await removeFilesOf(batch, gone);
  return gone.length < FILES ? null : firstId;
};

/** What a customer wrote on tickets of others. What staff wrote there is the organization's. */
export const eraseComments: Step = async ({ unit, erasure, count }, after) => {
  if (erasure.isStaff) return null;
  const { userId } = erasure;
  const page = (await eraseCommentsBy.first(unit, { userId, after: after ?? firstId, limit: COMMENTS }))!;
  count("ticket_comments", page.changed);
  return page.size < COMMENTS ? null : page.last;
};

/** Files that were sent to be imported have whole people in them. */
export const eraseImportFiles: Step = async (batch) => {
  const locked = await lockImportFiles(batch.unit, { limit: FILES });
  const gone = await forgetImportFiles(batch.unit, { ids: JSON.stringify(locked.map(({ id }) => id)) });
  batch.count("import_files", gone.length);
  await removeFilesOf(batch, gone);
  return locked.length < FILES ? null : firstId;
};

/** Their training: a log is a chain, so it goes whole, and what rests on it with it. */
export const eraseTraining: Step = async (batch) => {
  const { unit, erasure, count } = batch;
  const { userId } = erasure;
  for (const { table, run } of awardWipes) count(table, await run(unit, { userId }));
  const sessions = await lockSessionsOf(unit, { userId, limit: SESSIONS });
  await deleteSessions(batch, sessions);
  return sessions.length < SESSIONS ? null : firstId;
};

/** Deletes locked sessions with all that is theirs. */
export async function deleteSessions(
  batch: Batch,
  sessions: readonly { id: string; ticketId: string }[],
): Promise<void> {
  if (sessions.length === 0) return;
  const sessionIds = JSON.stringify(sessions.map(({ id }) => id));
  const ticketIds = JSON.stringify(sessions.map(({ ticketId }) => ticketId));
  const { unit, count } = batch;
  for (let deleted = FILES; deleted === FILES;) {
    const attachments = await deleteFilesOfTickets(unit, { ticketIds, limit: FILES });
    deleted = attachments.length;
    count("attachments", deleted);
    await removeFilesOf(batch, attachments);
  }
  for (const { table, run } of sessionWipes) count(table, await run(unit, { sessionIds, ticketIds }));
}
