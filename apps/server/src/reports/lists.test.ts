import type { HelpdeskClient } from "@helpdesk/client";
import { type TicketColumn, ticketColumns, toEpochMs } from "@helpdesk/domain";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { type Cycle, type Facts, type Ticket, readFacts } from "./proof/facts.ts";
import { generate } from "./proof/generate.ts";

const NOW = "2026-04-20T09:30:00.000Z";
/** With those of the seed fewer than a list answers at once. */
const GENERATED = 900;

let server: TestServer;
let api: HelpdeskClient["api"];
let organizationId: string;

const period = { from: "2024-06-01T00:00:00.000Z", until: "2026-05-01T00:00:00.000Z" };
const everything = { period, zone: "Europe/Berlin" };

beforeAll(async () => {
  server = await startServer({ runtime: { ...systemRuntime, now: () => NOW } });
  const { sql } = server.resources;
  const [row] = await sql<{ id: string }[]>`select id from organizations where slug = 'demo'`;
  organizationId = row!.id;
  await generate(sql, organizationId, { tickets: GENERATED, seed: 3, until: NOW });
  ({ api } = await server.as("sofia"));
});

afterAll(() => server[Symbol.asyncDispose]());

/** What a ticket is called and who it is with, beside the figures. */
const named: readonly TicketColumn[] = [
  "title",
  "status",
  "department",
  "agent",
  "customer",
  "policy",
  "closedAt",
];

const secondsOf = (from: string, to: string | null): number | null =>
  to === null ? null : Math.floor((toEpochMs(to) - toEpochMs(from)) / 1000);

const isBroken = ({ state, breachedAt, dueAt }: Cycle): boolean =>
  state !== "superseded" && (breachedAt !== null || (state === "running" && dueAt !== null && dueAt < NOW));

/** What the list says of a ticket, from all that is stored. */
function expectedOf(ticket: Ticket, { cycles, ratings }: Facts) {
  const own = cycles.filter(({ ticketId }) => ticketId === ticket.id);
  const businessSeconds = (metric: string) => {
    const last = own.filter((cycle) => cycle.metric === metric).toSorted((a, b) => a.ordinal - b.ordinal);
    return last.at(-1)?.state === "satisfied" ? last.at(-1)!.elapsedSeconds : null;
  };
  const { number, category, priority, source, createdAt, firstRespondedAt, resolvedAt } = ticket;
  return {
    number,
    category,
    priority,
    source,
    tags: ticket.tags.map(({ name }) => name).toSorted(),
    openedAt: createdAt,
    firstRespondedAt,
    resolvedAt,
    firstResponseSeconds: secondsOf(createdAt, firstRespondedAt),
    firstResponseBusinessSeconds: businessSeconds("first_response"),
    resolutionSeconds: secondsOf(createdAt, resolvedAt),
    resolutionBusinessSeconds: resolvedAt === null ? null : businessSeconds("resolution"),
    breached: [...new Set(own.filter(isBroken).map(({ metric }) => metric))].toSorted(),
    rating: ratings.find(({ ticketId, score }) => ticketId === ticket.id && score !== null)?.score ?? null,
  };
}

test("every figure in the list of tickets is what plain loops find of that ticket", async () => {
  const columns = ticketColumns.filter((column) => !named.includes(column));
  const report = await api.reports.run.query({
    definition: { kind: "tickets", ...everything, columns },
  });
  if (report.kind !== "tickets") throw new Error("This is no list of tickets.");
  const facts = await readFacts(server.resources.sql, organizationId);
  const expected = [...facts.tickets.values()]
    .filter(({ isSimulated, mergedIntoId }) => !isSimulated && mergedIntoId === null)
    .map((ticket) => expectedOf(ticket, facts));
  const byNumber = <T extends { number?: number }>(rows: T[]) =>
    rows.toSorted((a, b) => a.number! - b.number!);
  expect(report.isComplete).toBe(true);
  expect(byNumber(report.rows)).toEqual(byNumber(expected));
  // None of it holds for want of what it could be wrong about.
  const kinds = (key: keyof (typeof expected)[number]) =>
    new Set(expected.map((row) => JSON.stringify(row[key]))).size;
  for (const key of [
    "tags",
    "breached",
    "rating",
    "firstResponseBusinessSeconds",
    "resolutionBusinessSeconds",
  ] as const)
    expect(kinds(key), key).toBeGreaterThan(2);
});

test("the list of ratings has each answer of the period once, in the order they came in", async () => {
  const between = { from: "2025-06-01T00:00:00.000Z", until: "2026-02-01T00:00:00.000Z" };
  const report = await api.reports.run.query({
    definition: { kind: "ratings", zone: "Etc/UTC", period: between },
  });
  const stored = await server.resources.sql`
    select t.number, r.score, r.comment, r.rated_at as "ratedAt" from ticket_ratings r
    join tickets t on t.organization_id = r.organization_id and t.id = r.ticket_id
    where r.organization_id = ${organizationId} and r.rated_at is not null and not t.is_simulated and t.merged_into_id is null
    order by r.rated_at, r.id`;
  const inside = stored.filter(({ ratedAt }) => ratedAt >= between.from && ratedAt < between.until);
  expect(inside.length).toBeGreaterThan(20);
  expect(stored.length).toBeGreaterThan(inside.length);
  if (report.kind !== "ratings") throw new Error("This is no list of ratings.");
  expect(
    report.rows.map(({ number, score, comment, ratedAt }) => ({ number, score, comment, ratedAt })),
  ).toEqual(inside.map((row) => ({ ...row })));
});
