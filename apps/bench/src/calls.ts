import type { HelpdeskApi } from "@helpdesk/client";
import type { Sql } from "@helpdesk/db";
import { AGENT, CUSTOMER } from "./bare/cast.ts";

/** One measured call: as the bytes that the typed client sends for it, and as the client's own call. */
export interface MeasuredCall {
  name: string;
  by: "agent" | "customer";
  request(): Request;
  through(api: HelpdeskApi): Promise<unknown>;
}

export interface Request {
  method: "GET" | "POST";
  path: string;
  body: string | null;
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

/** The calls over the tickets that the agent may see, each time another one. */
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
  const next = () => (rows[turn++ % rows.length] as unknown as { id: string }).id;

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
      request: () => query("tickets.get", { ticketId: next() }),
      through: (api) => api.tickets.get.query({ ticketId: next() }),
    },
    {
      name: "list",
      by: "agent",
      request: () => query("tickets.list", page),
      through: (api) => api.tickets.list.query(page),
    },
    {
      name: "open",
      by: "customer",
      request: () => mutation("tickets.open", opening),
      through: (api) => api.tickets.open.mutate(opening),
    },
    {
      name: "reply",
      by: "agent",
      request: () => mutation("tickets.reply", { ticketId: next(), body }),
      through: (api) => api.tickets.reply.mutate({ ticketId: next(), body }),
    },
  ];
}
