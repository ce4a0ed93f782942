import { isDeepStrictEqual } from "node:util";
import type { Sql } from "@helpdesk/db";
import { type Asked, type MeasuredCall, type Wire, answerIn } from "./calls.ts";
import type { Connections } from "./connections.ts";

const written = ["tickets", "ticket_comments", "ticket_history", "events", "notifications", "sla_cycles"];

/** What the twins do not answer: HTML, and what of a ticket the original design had not. A cursor is each one's own. */
const notInTwins = new Set([
  "descriptionHtml",
  "html",
  "quotedHtml",
  "fields",
  "ratings",
  "links",
  "mergedInto",
  "mergedFrom",
  "mentions",
  "via",
  "timelineCursor",
  "nextCursor",
]);

export interface Answering {
  name: string;
  connections: Connections;
  wire: Wire;
  isTwin: boolean;
}

/** @throws Error unless all answer the call alike and write as many rows, or their ratios would say nothing. */
export async function expectSame(
  call: MeasuredCall,
  [reference, ...others]: readonly [Answering, ...Answering[]],
  sql: Sql,
): Promise<void> {
  const asked = call.next();
  const expected = await observe(reference, asked, sql);
  for (const other of others) {
    const factsOf = (answer: unknown) => {
      const facts = other.isTwin ? without(notInTwins, answer) : answer;
      return call.isRead ? facts : shapeOf(facts);
    };
    const found = await observe(other, asked, sql);
    const [ours, theirs] = [expected, found].map(({ answer, rows }) => ({ answer: factsOf(answer), rows }));
    if (!isDeepStrictEqual(ours, theirs)) {
      throw new Error(
        `${reference.name} and ${other.name} differ on ${call.name}:\n${JSON.stringify(ours)}\n${JSON.stringify(theirs)}`,
      );
    }
  }
}

async function observe({ connections, wire }: Answering, asked: Asked, sql: Sql) {
  const before = await countRows(sql);
  const body = await connections.send(asked.request(wire));
  const after = await countRows(sql);
  return { answer: answerIn(wire, body), rows: after.map((count, i) => count - before[i]!) };
}

async function countRows(sql: Sql): Promise<number[]> {
  const counts = written.map((table) => `(select count(*) from ${table})`);
  const [row] = await sql.unsafe(`select array[${counts.join(", ")}]::int[] as counts`);
  return (row as unknown as { counts: number[] }).counts;
}

function without(names: ReadonlySet<string>, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => without(names, item));
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([name]) => !names.has(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, without(names, inner)]));
}

/** Names and types, for answers that carry a new id and instant each time. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}
