import type { HelpdeskApi } from "@helpdesk/client";
import type { Sql } from "@helpdesk/db";
import { AGENT, CUSTOMER } from "./bare/cast.ts";

/** How a call is put on the wire: as tRPC's clients do, as our REST has it, as the Express twin has it. */
export type Wire = "trpc" | "rest" | "express";

export interface Request {
  method: "GET" | "POST";
  path: string;
  body: string | null;
}

/** A call with its input: as a request of any wire, or through the typed client. */
export interface Asked {
  request(wire: Wire): Request;
  through(api: HelpdeskApi): Promise<unknown>;
}

export interface MeasuredCall {
  name: string;
  by: "agent" | "customer";
  isRead: boolean;
  /** The next call: of another ticket each time, where it is about one. */
  next(): Asked;
}

export const emails = { agent: AGENT, customer: CUSTOMER };

const query = (path: string, input: object): Request => ({
  method: "GET",
  path: `/trpc/${path}?batch=1&input=${encodeURIComponent(JSON.stringify({ 0: input }))}`,
  body: null,
});

const mutation = (path: string, input: object): Request => ({
  method: "POST",
  path: `/trpc/${path}?batch=1`,
  body: JSON.stringify({ 0: input }),
});

const read = (path: string): Request => ({ method: "GET", path, body: null });
const write = (path: string, body: object): Request => ({ method: "POST", path, body: JSON.stringify(body) });

const roots = { rest: "/api/v1/tickets", express: "/api/tickets" };
const replies = { rest: "comments", express: "replies" };

/** The calls over the tickets that the agent may see. */
export async function measuredCalls(sql: Sql): Promise<MeasuredCall[]> {
  const rows = await sql.unsafe(
    `select t.id, t.department_id as "departmentId" from tickets t
        join users u on u.organization_id = t.organization_id and u.email = $1
        join department_members m on m.organization_id = u.organization_id and m.user_id = u.id
          and m.department_id = t.department_id
        join ticket_statuses s on s.organization_id = t.organization_id and s.id = t.status_id
      where s.key = 'in_progress' and t.title like 'Import of order %' order by md5(t.id::text)`,
    [AGENT],
  );
  const departmentId = (rows[0] as unknown as { departmentId: string }).departmentId;
  let turn = 0;
  const nextId = () => (rows[turn++ % rows.length] as unknown as { id: string }).id;

  const page = { limit: 50 };
  const opening = {
    title: "The import stops half way",
    description: "It stops after some rows and says nothing. ".repeat(8),
    priority: "high" as const,
    departmentId,
  };
  const body = "We have found the reason and are working on it. ".repeat(5);
  return [
    {
      name: "get",
      by: "agent",
      isRead: true,
      next(input = { ticketId: nextId() }) {
        return {
          request: (wire) =>
            wire === "trpc" ? query("tickets.get", input) : read(`${roots[wire]}/${input.ticketId}`),
          through: (api) => api.tickets.get.query(input),
        };
      },
    },
    {
      name: "list",
      by: "agent",
      isRead: true,
      next: () => ({
        request: (wire) =>
          wire === "trpc" ? query("tickets.list", page) : read(`${roots[wire]}?limit=${page.limit}`),
        through: (api) => api.tickets.list.query(page),
      }),
    },
    {
      name: "open",
      by: "customer",
      isRead: false,
      next: () => ({
        request: (wire) =>
          wire === "trpc" ? mutation("tickets.open", opening) : write(roots[wire], opening),
        through: (api) => api.tickets.open.mutate(opening),
      }),
    },
    {
      name: "reply",
      by: "agent",
      isRead: false,
      next(ticketId = nextId()) {
        return {
          request: (wire) =>
            wire === "trpc"
              ? mutation("tickets.reply", { ticketId, body })
              : write(`${roots[wire]}/${ticketId}/${replies[wire]}`, { body }),
          through: (api) => api.tickets.reply.mutate({ ticketId, body }),
        };
      },
    },
  ];
}

/** What a body answers, without what its wire puts around it. */
export function answerIn(wire: Wire, body: string): unknown {
  const answer = JSON.parse(body) as unknown;
  return wire === "trpc" ? (answer as { result: { data: unknown } }[])[0]!.result.data : answer;
}
