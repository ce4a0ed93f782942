import {
  correctCells,
  findImportKeys,
  findTakenNumbers,
  insertCcOfTickets,
  insertClocks,
  insertImportKeys,
  insertTagsOfTickets,
  insertTicketComments,
  insertTicketHistory,
  insertTickets,
  lockTicketCounter,
  setTicketCounter,
} from "@helpdesk/db";
import {
  type CellChange,
  type ImportedTicket,
  type TicketLine,
  cellChanges,
  importTicket,
  problem,
} from "@helpdesk/domain";
import { makeCustomers, peopleNamed, tagsNamed } from "./people.ts";
import type { Batch, GoodLine, Outcome } from "./step.ts";

type Good = GoodLine<TicketLine>;

/** Writes the tickets of some lines, with all that belongs to them; nobody is told. Those that are there already are left as they are. */
export async function importTickets(batch: Batch, lines: readonly Good[]): Promise<Outcome> {
  const { unit, importing } = batch;
  const { runtime, desks } = importing;
  const now = runtime.now();
  const externalIds = JSON.stringify(lines.flatMap(({ line }) => line.externalId ?? []));
  const known = await findImportKeys(unit, { kind: "tickets", externalIds });
  const there = new Set(known.map(({ externalId }) => externalId));
  const fresh = lines.filter(({ line }) => line.externalId === null || !there.has(line.externalId));
  const skipped = lines.length - fresh.length;
  if (fresh.length === 0) return { made: 0, changed: 0, skipped };

  const desk = await desks.fresh(unit.organizationId);
  const makeable = new Map(
    fresh.flatMap(({ line }) => [
      ...line.cc.map((email) => [email, nameOf(email)] as const),
      [line.customer, line.customerName ?? nameOf(line.customer)] as const,
    ]),
  );
  const people = await peopleNamed(
    unit,
    runtime,
    fresh.flatMap(({ line }) => emailsOf(line)),
    makeable,
  );
  const tags = await tagsNamed(
    unit,
    runtime,
    fresh.flatMap(({ line }) => line.tags),
    now,
  );
  const departments = new Map([...desk.departments.values()].map((each) => [each.name, each]));
  const taken = await numbersTaken(batch, fresh);
  const good = fresh.flatMap(({ line, fail }) => {
    if (line.number !== null && taken.has(line.number)) {
      fail(problem("number", "taken", line.number));
      return [];
    }
    const made = importTicket(desk, runtime.newId(), line, { people, departments, tags }, now);
    if ("problems" in made) {
      fail(...made.problems);
      return [];
    }
    return [{ line, ...made.imported }];
  });
  if (good.length === 0) return { made: 0, changed: 0, skipped };
  const named = new Set(good.flatMap(({ line }) => [line.customer, ...line.cc]));
  const newcomers = [...people.values()].filter(({ email, isNew }) => isNew && named.has(email));
  await makeCustomers(unit, newcomers, now);
  await write(batch, good);
  return { made: good.length, changed: 0, skipped };
}

const nameOf = (email: string): string => email.split("@")[0]!;

const emailsOf = (line: TicketLine): string[] =>
  [
    line.customer,
    line.createdBy,
    line.assignee,
    ...line.cc,
    ...line.comments.map(({ author }) => author),
  ].filter((email) => email !== null);

async function numbersTaken({ unit }: Batch, lines: readonly Pick<Good, "line">[]): Promise<Set<number>> {
  const numbers = lines.flatMap(({ line }) => line.number ?? []);
  if (numbers.length === 0) return new Set();
  return new Set(
    (await findTakenNumbers(unit, { numbers: JSON.stringify(numbers) })).map(({ number }) => number),
  );
}

type Writing = ImportedTicket & { line: TicketLine };

async function write(batch: Batch, good: readonly Writing[]): Promise<void> {
  const { unit, importing } = batch;
  const { newId } = importing.runtime;
  const of = <T>(rowsOf: (one: Writing) => readonly T[]) =>
    JSON.stringify(
      good.flatMap((one) => rowsOf(one).map((row) => ({ ...row, ticketId: one.ticket.id, id: newId() }))),
    );
  const pairs = (idsOf: (one: Writing) => readonly string[]) =>
    JSON.stringify(
      good.flatMap((one) =>
        idsOf(one).map((otherId) => ({ ticketId: one.ticket.id, otherId, at: one.ticket.createdAt })),
      ),
    );
  // Everybody who opens a ticket waits from here on.
  const numbers = await numbersFor(batch, good);
  const tickets = good.map(({ ticket, createdById, description }, i) => ({
    ...ticket,
    number: numbers[i],
    createdById,
    description,
  }));
  await insertTickets(unit, { tickets: JSON.stringify(tickets) });
  // Sent one after the other in one round trip.
  await Promise.all([
    insertTicketComments(unit, { comments: of(({ comments }) => comments) }),
    insertTicketHistory(unit, { events: of(({ events }) => events) }),
    insertTagsOfTickets(unit, { pairs: pairs(({ ticket }) => ticket.tagIds) }),
    insertCcOfTickets(unit, { pairs: pairs(({ ticket }) => ticket.ccIds) }),
    insertClocks(unit, { cycles: of(({ cycles }) => cycles) }),
    correctCells(unit, {
      changes: JSON.stringify(cellsOf(good).map((change) => ({ ...change, id: newId() }))),
    }),
  ]);
  const keys = good.flatMap(({ line: { externalId }, ticket }) =>
    externalId === null ? [] : [{ externalId, thingId: ticket.id }],
  );
  const kept = await insertImportKeys(unit, { kind: "tickets", keys: JSON.stringify(keys) });
  if (kept.length < keys.length) throw new Error("Another import has made the same ticket at the same time.");
}

/** Given numbers first, then the next ones for the others, in their order. */
async function numbersFor(batch: Batch, good: readonly Writing[]): Promise<number[]> {
  const { unit } = batch;
  const counter = await lockTicketCounter.first(unit);
  if (!counter) throw new Error("The organization has no ticket counter.");
  if ((await numbersTaken(batch, good)).size > 0) throw new Error("A number was taken meanwhile.");
  let last = Math.max(counter.lastNumber, ...good.map(({ line }) => line.number ?? 0));
  const numbers = good.map(({ line }) => line.number ?? ++last);
  await setTicketCounter(unit, { lastNumber: last });
  return numbers;
}

function cellsOf(good: readonly Writing[]): CellChange[] {
  const sums = new Map<string, CellChange>();
  for (const { ticket } of good)
    for (const { amount, ...cell } of cellChanges(null, ticket)) {
      const key = JSON.stringify(cell);
      sums.set(key, { ...cell, amount: (sums.get(key)?.amount ?? 0) + amount });
    }
  return [...sums.values()];
}
