import type { Prisma } from "../../dist/prisma/client.ts";
import type { Caller } from "../desk/caller.ts";

const person = { select: { id: true, name: true } } as const;
const listedFiles = {
  where: { attachedAt: { not: null } },
  select: { id: true, name: true, contentType: true, sizeBytes: true, state: true },
  orderBy: { id: "asc" },
} as const;

/** What the caller may see. */
export const visibleTo = (caller: Caller): Prisma.TicketWhereInput => ({
  organizationId: caller.organizationId,
  isSimulated: false,
  archivedAt: null,
  OR: [
    { customerId: caller.userId },
    { cc: { some: { userId: caller.userId } } },
    ...(caller.isCustomer
      ? []
      : [
          { departmentId: null },
          { departmentId: { in: caller.departmentIds } },
          { assigneeId: caller.userId },
        ]),
  ],
});

export const summaryInclude = {
  status: true,
  customer: person,
  assignee: person,
  department: person,
  slaCycles: { select: { metric: true, breachedAt: true } },
} satisfies Prisma.TicketInclude;

export const headerInclude = {
  ...summaryInclude,
  status: { include: { transitions: { include: { to: true } } } },
} satisfies Prisma.TicketInclude;

export const wholeInclude = (caller: Caller, entries: number, kinds: string[]) =>
  ({
    ...headerInclude,
    cc: { include: { user: person } },
    tags: { include: { tag: true } },
    followers: { include: { user: person } },
    attachments: { ...listedFiles, where: { ...listedFiles.where, commentId: null } },
    slaCycles: {
      select: {
        metric: true,
        state: true,
        targetSeconds: true,
        dueAt: true,
        breachedAt: true,
        warnedAt: true,
        satisfiedAt: true,
      },
      orderBy: [{ metric: "asc" }, { ordinal: "asc" }],
    },
    history: {
      where: caller.isCustomer ? { kind: { in: kinds } } : {},
      include: { actor: person },
      orderBy: { sequence: "desc" },
      take: entries,
    },
    comments: {
      where: caller.isCustomer ? { visibility: "public" } : {},
      include: { author: person, attachments: listedFiles },
      orderBy: { sequence: "desc" },
      take: entries,
    },
  }) satisfies Prisma.TicketInclude;
