import { randomUUIDv7 } from "node:crypto";
import {
  conditionValues,
  findDesk,
  findTicket,
  holdTicket,
  insertTicket,
  listTickets,
  lockTicket,
  read,
  type Sql,
  transact,
  updateTicket,
} from "@helpdesk/db";
import { clocksOf, findCast } from "./cast.ts";
import { headerOf, summaryOf, viewOf } from "./view.ts";

type Call = (input: never) => Promise<unknown>;

/** What the four measured calls do, written by hand for the one case that is measured: the same statements, no rules. */
export async function bareCalls(sql: Sql): Promise<Record<string, Call>> {
  const cast = await findCast(sql);
  const { organizationId, agentId, customerId, agentDepartmentId } = cast;
  const reader = read(sql, organizationId);
  const desk = (await findDesk.first(reader))!;
  const department = desk.departments.find(({ id }) => id === agentDepartmentId)!;
  const initial = desk.statuses.find(({ isDefault }) => isDefault)!;
  const newestFirst = listTickets({
    scope: "departments",
    order: "created_at",
    descending: true,
    after: false,
    limit: 51,
    filters: [],
  });
  const departmentIds = `{${agentDepartmentId}}`;
  const fromStart = { afterValue: null, afterId: null, fields: null, amongIds: null };
  const unfiltered = conditionValues({});

  const get = async ({ ticketId }: { ticketId: string }) =>
    viewOf(
      (await findTicket.first(reader, {
        ticketId,
        readerId: agentId,
        notes: true,
        staff: true,
        beforeId: null,
      }))!,
      desk,
    );

  const list = async ({ limit }: { limit: number }) => {
    const rows = await newestFirst(reader, { readerId: agentId, departmentIds, ...unfiltered, ...fromStart });
    const page = rows.slice(0, limit);
    const last = page.at(-1)!;
    const position = JSON.stringify(["created_at desc", last.createdAt, last.id]);
    return {
      items: page.map((row) => summaryOf(row, desk)),
      nextCursor: Buffer.from(position).toString("base64url"),
    };
  };

  const open = ({ title, description, priority }: { title: string; description: string; priority: "high" }) =>
    transact(sql, organizationId, async (unit) => {
      const at = new Date().toISOString();
      const ticketId = randomUUIDv7();
      const { rows, firstResponseDueAt, resolutionDueAt, slaPolicyId } = clocksOf(
        desk,
        priority,
        department,
        at,
      );
      const changes = {
        status: { from: null, to: { id: initial.key, label: initial.name } },
        priority: { from: null, to: { id: priority, label: priority } },
        department: { from: null, to: { id: department.id, label: department.name } },
      };
      const told = new Set([...department.memberIds, department.managerId]);
      const row = await insertTicket.first(unit, {
        ticketId,
        description,
        isSimulated: false,
        ticket: JSON.stringify({
          title,
          statusId: initial.id,
          priority,
          source: "web",
          customerId,
          departmentId: department.id,
          slaPolicyId,
          firstResponseDueAt,
          resolutionDueAt,
          lastCustomerMessageAt: at,
          lastEventSequence: 1,
          fields: {},
          version: 1,
        }),
        actorId: customerId,
        at,
        comment: "[]",
        history: JSON.stringify([event(1, "ticket_opened", customerId, changes, null)]),
        notifications: JSON.stringify(
          [...told].map((userId) => ({
            id: randomUUIDv7(),
            kind: "ticket_created",
            userId,
            actorId: customerId,
          })),
        ),
        cellChanges: JSON.stringify([
          {
            id: randomUUIDv7(),
            statusId: initial.id,
            priority,
            source: "web",
            departmentId: department.id,
            assigneeId: null,
            hasDue: true,
            tagIds: null,
            amount: 1,
          },
        ]),
        cycles: JSON.stringify(rows),
      });
      return headerOf({ ...row!, breached: [] }, desk, []);
    });

  const reply = ({ ticketId, body }: { ticketId: string; body: string }) =>
    transact(sql, organizationId, async (unit) => {
      const [, row] = await Promise.all([
        holdTicket(unit, { ticketId }),
        lockTicket.first(unit, { ticketId }),
      ]);
      const ticket = row!;
      const at = new Date().toISOString();
      const sequence = ticket.lastEventSequence + 1;
      const commentId = randomUUIDv7();
      const told = [...new Set([ticket.customerId, ticket.assigneeId])].filter((id) => id !== agentId);
      const { cycles: _, statusHistory: __, assigneeName: ___, lastEventAt: ____, ...columns } = ticket;
      const written = await updateTicket.first(unit, {
        ticketId,
        readSequence: ticket.lastEventSequence,
        ticket: JSON.stringify({
          ...columns,
          lastPublicReplyAt: at,
          lastEventSequence: sequence,
          updatedAt: at,
        }),
        actorId: agentId,
        at,
        comment: JSON.stringify([{ id: commentId, visibility: "public", body, source: "web", sequence }]),
        history: JSON.stringify([event(sequence, "reply_added", agentId, {}, commentId)]),
        notifications: JSON.stringify(
          told.map((userId) => ({ id: randomUUIDv7(), kind: "comment_added", userId, actorId: agentId })),
        ),
        // A second answer changes no clock and no count.
        cellChanges: "[]",
        cycles: "[]",
      });
      return headerOf({ ...written!, breached: [] }, desk);
    });

  return { "tickets.get": get, "tickets.list": list, "tickets.open": open, "tickets.reply": reply };
}

const event = (
  sequence: number,
  kind: string,
  actorId: string,
  changes: object,
  commentId: string | null,
) => ({
  id: randomUUIDv7(),
  eventId: randomUUIDv7(),
  sequence,
  kind,
  actorId,
  actorKind: "user",
  changes,
  rulesVersion: 1,
  data: { changes, commentId },
});
