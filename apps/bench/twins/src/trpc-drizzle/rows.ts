import { and, eq, inArray, isNotNull, isNull, or } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Caller } from "../desk/caller.ts";
import * as relations from "./relations.ts";
import * as schema from "./schema.ts";

const { tickets, ticketCc } = schema;

export const db = drizzle(postgres(process.env["DATABASE_URL"]!, { max: 4 }), {
  schema: { ...schema, ...relations },
});

export type Database = Pick<typeof db, "query" | "select" | "insert" | "update">;

/** What the caller may see. */
export const visibleTo = (caller: Caller) =>
  and(
    eq(tickets.organizationId, caller.organizationId),
    eq(tickets.isSimulated, false),
    isNull(tickets.archivedAt),
    or(
      eq(tickets.customerId, caller.userId),
      inArray(
        tickets.id,
        db
          .select({ id: ticketCc.ticketId })
          .from(ticketCc)
          .where(and(eq(ticketCc.organizationId, caller.organizationId), eq(ticketCc.userId, caller.userId))),
      ),
      ...(caller.isCustomer
        ? []
        : [
            isNull(tickets.departmentId),
            inArray(tickets.departmentId, caller.departmentIds),
            eq(tickets.assigneeId, caller.userId),
          ]),
    ),
  );

const person = { columns: { id: true, name: true } } as const;
const listedFile = { id: true, name: true, contentType: true, sizeBytes: true, state: true } as const;

export const summaryWith = {
  status: true,
  customer: person,
  assignee: person,
  department: person,
  slaCycles: { columns: { metric: true, breachedAt: true } },
} as const;

export const headerWith = {
  ...summaryWith,
  status: { with: { transitions: { with: { to: true } } } },
} as const;

type Query = NonNullable<Parameters<typeof db.query.tickets.findFirst>[0]>;

export const wholeWith = (caller: Caller, entries: number, kinds: string[]) =>
  ({
    ...headerWith,
    cc: { with: { user: person } },
    tags: { with: { tag: true } },
    followers: { with: { user: person } },
    attachments: {
      columns: listedFile,
      where: (file) => and(isNotNull(file.attachedAt), isNull(file.commentId)),
      orderBy: (file, { asc }) => asc(file.id),
    },
    slaCycles: {
      columns: {
        metric: true,
        state: true,
        targetSeconds: true,
        dueAt: true,
        breachedAt: true,
        warnedAt: true,
        satisfiedAt: true,
      },
      orderBy: (cycle, { asc }) => [asc(cycle.metric), asc(cycle.ordinal)],
    },
    history: {
      with: { actor: person },
      where: (line) => (caller.isCustomer ? inArray(line.kind, kinds) : undefined),
      orderBy: (line, { desc }) => desc(line.sequence),
      limit: entries,
    },
    comments: {
      with: {
        author: person,
        attachments: {
          columns: listedFile,
          where: (file) => isNotNull(file.attachedAt),
          orderBy: (file, { asc }) => asc(file.id),
        },
      },
      where: (comment) => (caller.isCustomer ? eq(comment.visibility, "public") : undefined),
      orderBy: (comment, { desc }) => desc(comment.sequence),
      limit: entries,
    },
  }) as const satisfies Query["with"];
