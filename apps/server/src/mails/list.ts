import { type MailProblemRow, listMailProblems } from "@helpdesk/db";
import { type Actor, canSee, notificationKinds } from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { fetchSize, fromCursor, toCursor } from "../cursor.ts";
import { idSchema, instantSchema } from "../schemas.ts";

export const mailProblemSchema = z.object({
  /** Of the notification that it tells. */
  mailId: idSchema,
  kind: z.enum(notificationKinds),
  person: z.object({ id: idSchema, name: z.string(), email: z.string() }),
  /** Null where it is of none, or the reader does not see it. */
  ticket: z.object({ id: idSchema, number: z.int(), title: z.string() }).nullable(),
  /** What the mail server said, or what went wrong before that. */
  problem: z.string(),
  attempts: z.int(),
  /** When it is tried again; null where it is given up. */
  nextAttemptAt: instantSchema.nullable(),
  createdAt: instantSchema,
});
export type MailProblem = z.infer<typeof mailProblemSchema>;

const BEGINNING = { value: "9999-12-31T23:59:59.999Z", id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };

const toProblem = ({ id, state, ticket, dueAt, ...row }: MailProblemRow, reader: Actor): MailProblem => ({
  ...row,
  mailId: id,
  ticket:
    ticket && canSee(reader, ticket) ? { id: ticket.id, number: ticket.number, title: ticket.title } : null,
  nextAttemptAt: state === "due" ? dueAt : null,
});

/** Mails that were given up, or those whose last attempt failed and that are tried again; newest first. @throws RefusalError `cursor.invalid`. */
export async function listMails(
  ctx: Context,
  {
    state,
    limit,
    cursor,
  }: { state: "failed" | "retrying"; limit: number; cursor?: string | null | undefined },
): Promise<{ items: MailProblem[]; nextCursor: string | null }> {
  const order = `mails ${state}`;
  const after = cursor == null ? BEGINNING : fromCursor(cursor, order);
  const rows = await listMailProblems(ctx.read, {
    state: state === "failed" ? "failed" : "due",
    afterValue: after.value,
    afterId: after.id,
    limit: fetchSize(limit),
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toProblem(row, ctx.actor)),
    nextCursor:
      last && rows.length > page.length ? toCursor({ order, value: last.createdAt, id: last.id }) : null,
  };
}
