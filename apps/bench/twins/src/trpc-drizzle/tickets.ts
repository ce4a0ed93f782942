import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Caller } from "../desk/caller.ts";
import type { ListInput, OpenInput } from "../desk/input.ts";
import { changesOf, clocksOf, dueOf, policyFor, toldOfOpening, toldOfReply } from "../desk/opening.ts";
import { Refused } from "../desk/refused.ts";
import { TIMELINE_ENTRIES, kindsForCustomers, toHeader, toPage, toTicket } from "../desk/view.ts";
import { type Database, db, headerWith, summaryWith, visibleTo, wholeWith } from "./rows.ts";
import {
  departments,
  events,
  notifications,
  slaCycles,
  slaPolicies,
  ticketComments,
  ticketCounters,
  ticketHistory,
  ticketStatuses,
  tickets,
} from "./schema.ts";

export async function getTicket(caller: Caller, ticketId: string) {
  const ticket = await db.query.tickets.findFirst({
    where: and(visibleTo(caller), eq(tickets.id, ticketId)),
    with: wholeWith(caller, TIMELINE_ENTRIES, kindsForCustomers),
  });
  if (!ticket) throw new Refused(404, "There is no such ticket.");
  return toTicket(ticket, caller);
}

export async function listTickets(caller: Caller, { limit, cursor }: ListInput) {
  const rows = await db.query.tickets.findMany({
    where: and(
      visibleTo(caller),
      cursor
        ? sql`(${tickets.createdAt}, ${tickets.id}) < (select created_at, id from tickets
            where organization_id = ${caller.organizationId} and id = ${cursor})`
        : undefined,
    ),
    with: summaryWith,
    orderBy: [desc(tickets.createdAt), desc(tickets.id)],
    limit: limit + 1,
  });
  return toPage(rows, limit);
}

const headerOf = async (tx: Database, caller: Caller, ticketId: string) => {
  const ticket = await tx.query.tickets.findFirst({
    where: and(eq(tickets.organizationId, caller.organizationId), eq(tickets.id, ticketId)),
    with: headerWith,
  });
  return toHeader(ticket!, caller);
};

export function openTicket(caller: Caller, input: OpenInput) {
  const { organizationId, userId } = caller;
  return db.transaction(async (tx) => {
    const department = input.departmentId
      ? await tx.query.departments.findFirst({
          where: and(
            eq(departments.organizationId, organizationId),
            eq(departments.id, input.departmentId),
            isNull(departments.archivedAt),
          ),
          with: { members: true, calendar: true },
        })
      : null;
    if (department === undefined) throw new Refused(404, "There is no such department.");
    const status = (await tx.query.ticketStatuses.findFirst({
      where: and(eq(ticketStatuses.organizationId, organizationId), eq(ticketStatuses.isDefault, true)),
    }))!;
    const policies = await tx.query.slaPolicies.findMany({
      where: and(eq(slaPolicies.organizationId, organizationId), eq(slaPolicies.isActive, true)),
      with: { calendar: true },
      orderBy: asc(slaPolicies.position),
    });
    const policy = policyFor(policies, input);
    const at = new Date();
    const clocks = clocksOf(policy, department, at);
    const [counter] = await tx
      .update(ticketCounters)
      .set({ lastNumber: sql`${ticketCounters.lastNumber} + 1` })
      .where(and(eq(ticketCounters.organizationId, organizationId), eq(ticketCounters.isSimulated, false)))
      .returning();
    const number = counter!.lastNumber;
    const [inserted] = await tx
      .insert(tickets)
      .values({
        organizationId,
        number,
        title: input.title,
        description: input.description,
        statusId: status.id,
        priority: input.priority,
        source: "web",
        customerId: userId,
        createdById: userId,
        departmentId: department?.id ?? null,
        slaPolicyId: policy?.id ?? null,
        firstResponseDueAt: dueOf(clocks, "first_response"),
        resolutionDueAt: dueOf(clocks, "resolution"),
        lastCustomerMessageAt: at,
        lastEventSequence: 1,
        createdAt: at,
        updatedAt: at,
      })
      .returning({ id: tickets.id });
    const ticketId = inserted!.id;
    if (clocks.length > 0) {
      await tx.insert(slaCycles).values(clocks.map((clock) => ({ ...clock, organizationId, ticketId })));
    }
    const changes = changesOf(input, status, department);
    const entry = { organizationId, ticketId, sequence: 1, kind: "ticket_opened", actorId: userId, at };
    await tx.insert(ticketHistory).values({ ...entry, actorKind: "user", changes });
    await tx.insert(events).values({ ...entry, data: { changes } });
    const told = toldOfOpening(department, caller).map((id) => ({
      organizationId,
      userId: id,
      kind: "ticket_created",
      ticketId,
      actorId: userId,
      data: { number, title: input.title },
      createdAt: at,
    }));
    if (told.length > 0) await tx.insert(notifications).values(told);
    return headerOf(tx, caller, ticketId);
  });
}

export function replyTo(caller: Caller, ticketId: string, body: string) {
  const { organizationId, userId } = caller;
  return db.transaction(async (tx) => {
    const ticket = await tx.query.tickets.findFirst({
      where: and(visibleTo(caller), eq(tickets.id, ticketId)),
      with: { status: true, cc: true, followers: true },
    });
    if (!ticket) throw new Refused(404, "There is no such ticket.");
    if (ticket.status.category === "closed") throw new Refused(409, "The ticket is closed.");
    const at = new Date();
    const isCustomer = ticket.customerId === userId;
    const answersFirst = !isCustomer && ticket.firstRespondedAt === null;
    const [updated] = await tx
      .update(tickets)
      .set({
        lastEventSequence: sql`${tickets.lastEventSequence} + 1`,
        updatedAt: at,
        ...(isCustomer ? { lastCustomerMessageAt: at } : { lastPublicReplyAt: at }),
        ...(answersFirst && { firstRespondedAt: at, firstResponseDueAt: null }),
      })
      .where(and(eq(tickets.organizationId, organizationId), eq(tickets.id, ticketId)))
      .returning({ sequence: tickets.lastEventSequence });
    if (answersFirst) {
      await tx
        .update(slaCycles)
        .set({ state: "satisfied", runningSince: null, satisfiedAt: at, closedAt: at })
        .where(
          and(
            eq(slaCycles.organizationId, organizationId),
            eq(slaCycles.ticketId, ticketId),
            eq(slaCycles.metric, "first_response"),
            eq(slaCycles.state, "running"),
          ),
        );
    }
    const { sequence } = updated!;
    const [comment] = await tx
      .insert(ticketComments)
      .values({
        organizationId,
        ticketId,
        authorId: userId,
        sequence,
        visibility: "public",
        body,
        source: "web",
        createdAt: at,
      })
      .returning({ id: ticketComments.id });
    const entry = { organizationId, ticketId, sequence, kind: "reply_added", actorId: userId, at };
    await tx.insert(ticketHistory).values({ ...entry, actorKind: "user", changes: {} });
    await tx.insert(events).values({ ...entry, data: { changes: {}, commentId: comment!.id } });
    const told = toldOfReply(ticket, caller).map((id) => ({
      organizationId,
      userId: id,
      kind: "comment_added",
      ticketId,
      actorId: userId,
      data: { number: ticket.number, title: ticket.title },
      createdAt: at,
    }));
    if (told.length > 0) await tx.insert(notifications).values(told);
    return headerOf(tx, caller, ticketId);
  });
}
