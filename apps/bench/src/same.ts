import { isDeepStrictEqual } from "node:util";
import type { Sql } from "@helpdesk/db";
import type { MeasuredCall } from "./calls.ts";
import type { Connections } from "./connections.ts";

const written = ["tickets", "ticket_comments", "ticket_history", "events", "notifications", "sla_cycles"];

/** @throws Error unless both servers answer the call alike and write as many rows, or their ratio would say nothing. */
export async function expectSame(
  call: MeasuredCall,
  api: Connections,
  bare: Connections,
  sql: Sql,
): Promise<void> {
  const request = call.request();
  const observe = async (server: Connections) => {
    const before = await countRows(sql);
    const body = await server.send(request);
    const after = await countRows(sql);
    return { body: JSON.parse(body) as unknown, rows: after.map((count, i) => count - before[i]!) };
  };
  const [ours, theirs] = [await observe(api), await observe(bare)];
  const isRead = request.method === "GET";
  const alike = isRead
    ? isDeepStrictEqual(ours, theirs)
    : isDeepStrictEqual([ours.rows, shapeOf(ours.body)], [theirs.rows, shapeOf(theirs.body)]);
  if (!alike) {
    throw new Error(
      `The servers differ on ${call.name}:\n${JSON.stringify(ours)}\n${JSON.stringify(theirs)}`,
    );
  }
}

async function countRows(sql: Sql): Promise<number[]> {
  const counts = written.map((table) => `(select count(*) from ${table})`);
  const [row] = await sql.unsafe(`select array[${counts.join(", ")}]::int[] as counts`);
  return (row as unknown as { counts: number[] }).counts;
}

/** Names and types, for answers that carry a new id and instant each time. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]);
}
