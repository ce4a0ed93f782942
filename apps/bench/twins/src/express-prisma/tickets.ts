import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../dist/prisma/client.ts";
import type { Caller } from "../desk/caller.ts";
import type { ListInput, OpenInput } from "../desk/input.ts";
import { changesOf, clocksOf, dueOf, policyFor, toldOfOpening, toldOfReply } from "../desk/opening.ts";
import { Refused } from "../desk/refused.ts";
import { TIMELINE_ENTRIES, kindsForCustomers, toHeader, toPage, toTicket } from "../desk/view.ts";
import { headerInclude, summaryInclude, visibleTo, wholeInclude } from "./rows.ts";

const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env["DATABASE_URL"]!, max: 4 }),
  // The defaults, two and five seconds, give up on a busy machine.
  transactionOptions: { maxWait: 30_000, timeout: 30_000 },
});

export async function getTicket(caller: Caller, ticketId: string) {
  const ticket = await prisma.ticket.findFirst({
    where: { ...visibleTo(caller), id: ticketId },
    include: wholeInclude(caller, TIMELINE_ENTRIES, kindsForCustomers),
  });
  if (!ticket) throw new Refused(404, "There is no such ticket.");
  return toTicket(ticket, caller);
}

export async function listTickets(caller: Caller, { limit, cursor }: ListInput) {
  const { organizationId } = caller;
  const tickets = await prisma.ticket.findMany({
    where: visibleTo(caller),
    include: summaryInclude,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    ...(cursor && { cursor: { organizationId_id: { organizationId, id: cursor } }, skip: 1 }),
  });
  return toPage(tickets, limit);
}

export function openTicket(caller: Caller, input: OpenInput) {
  const { organizationId, userId } = caller;
  return prisma.$transaction(async (tx) => {
    const department = input.departmentId
      ? await tx.department.findFirst({
          where: { organizationId, id: input.departmentId, archivedAt: null },
          include: { members: true, calendar: true },
        })
      : null;
    if (input.departmentId && !department) throw new Refused(404, "There is no such department.");
    const status = await tx.ticketStatus.findFirstOrThrow({ where: { organizationId, isDefault: true } });
    const policies = await tx.slaPolicy.findMany({
      where: { organizationId, isActive: true },
      include: { calendar: true },
      orderBy: { position: "asc" },
    });
    const policy = policyFor(policies, input);
    const at = new Date();
    const clocks = clocksOf(policy, department, at);
    const counter = await tx.ticketCounter.update({
      where: { organizationId_isSimulated: { organizationId, isSimulated: false } },
      data: { lastNumber: { increment: 1 } },
    });
    const { id: ticketId, number } = await tx.ticket.create({
      data: {
        organizationId,
        number: counter.lastNumber,
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
      },
    });
    await tx.slaCycle.createMany({ data: clocks.map((clock) => ({ ...clock, organizationId, ticketId })) });
    const changes = changesOf(input, status, department);
    const entry = { organizationId, ticketId, sequence: 1, kind: "ticket_opened", actorId: userId, at };
    await tx.ticketHistory.create({ data: { ...entry, actorKind: "user", changes } });
    await tx.event.create({ data: { ...entry, data: { changes } } });
    await tx.notification.createMany({
      data: toldOfOpening(department, caller).map((told) => ({
        organizationId,
        userId: told,
        kind: "ticket_created",
        ticketId,
        actorId: userId,
        data: { number, title: input.title },
        createdAt: at,
      })),
    });
    const ticket = await tx.ticket.findUniqueOrThrow({
      where: { organizationId_id: { organizationId, id: ticketId } },
      include: headerInclude,
    });
    return toHeader(ticket, caller);
  });
}

export function replyTo(caller: Caller, ticketId: string, body: string) {
  const { organizationId, userId } = caller;
  return prisma.$transaction(async (tx) => {
    const ticket = await tx.ticket.findFirst({
      where: { ...visibleTo(caller), id: ticketId },
      include: { status: true, cc: true, followers: true },
    });
    if (!ticket) throw new Refused(404, "There is no such ticket.");
    if (ticket.status.category === "closed") throw new Refused(409, "The ticket is closed.");
    const at = new Date();
    const isCustomer = ticket.customerId === userId;
    const answersFirst = !isCustomer && ticket.firstRespondedAt === null;
    const updated = await tx.ticket.update({
      where: { organizationId_id: { organizationId, id: ticketId } },
      data: {
        lastEventSequence: { increment: 1 },
        updatedAt: at,
        ...(isCustomer ? { lastCustomerMessageAt: at } : { lastPublicReplyAt: at }),
        ...(answersFirst && { firstRespondedAt: at, firstResponseDueAt: null }),
      },
      include: headerInclude,
    });
    if (answersFirst) {
      await tx.slaCycle.updateMany({
        where: { organizationId, ticketId, metric: "first_response", state: "running" },
        data: { state: "satisfied", runningSince: null, satisfiedAt: at, closedAt: at },
      });
    }
    const sequence = updated.lastEventSequence;
    const comment = await tx.ticketComment.create({
      data: {
        organizationId,
        ticketId,
        authorId: userId,
        sequence,
        visibility: "public",
        body,
        source: "web",
        createdAt: at,
      },
    });
    const entry = { organizationId, ticketId, sequence, kind: "reply_added", actorId: userId, at };
    await tx.ticketHistory.create({ data: { ...entry, actorKind: "user", changes: {} } });
    await tx.event.create({ data: { ...entry, data: { changes: {}, commentId: comment.id } } });
    await tx.notification.createMany({
      data: toldOfReply(ticket, caller).map((told) => ({
        organizationId,
        userId: told,
        kind: "comment_added",
        ticketId,
        actorId: userId,
        data: { number: ticket.number, title: ticket.title },
        createdAt: at,
      })),
    });
    return toHeader(updated, caller);
  });
}
