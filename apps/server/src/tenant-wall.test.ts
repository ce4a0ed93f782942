import { randomUUID } from "node:crypto";
import { type Answer, inParallel, startServer, type TestServer } from "@helpdesk/testing/server";
import type { Home } from "@helpdesk/testing/tenant-wall";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type SignedIn, homesOf, rightInputs, send } from "./homes.fixtures.ts";
import { manifest } from "./manifest.ts";
import { sumsOf } from "./sums.fixtures.ts";

const procedures = manifest();
let server: TestServer;
let lumen: SignedIn;
let northwind: SignedIn;

beforeAll(async () => {
  server = await startServer();
  ({ lumen, northwind } = await homesOf(server));
});

afterAll(() => server[Symbol.asyncDispose]());

/** The ticket and the customer of a session that is played in the organization. */
async function stagedBy({ ids }: Home): Promise<Record<string, string>> {
  const [row] = await server.resources.sql<{ ticketId: string; customerId: string }[]>`
    select t.id as "ticketId", t.customer_id as "customerId" from tickets t
    where t.organization_id = ${ids["organization"]!} and t.is_simulated limit 1`;
  return { "own simulated ticket": row!.ticketId, "own simulated customer": row!.customerId };
}

interface Schema {
  format?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

/** What in a schema takes an id: the names that lead there, `0` for the first of a list. */
function idPaths({ format, anyOf = [], oneOf = [], items, properties = {} }: Schema): string[][] {
  if (format === "uuid") return [[]];
  const inner = Object.entries(properties).flatMap(([name, schema]) =>
    idPaths(schema).map((rest) => [name, ...rest]),
  );
  const listed = items ? idPaths(items).map((rest) => ["0", ...rest]) : [];
  return [...[...anyOf, ...oneOf].flatMap(idPaths), ...inner, ...listed];
}

/** The input with an id in a place; undefined where a right input has nothing that the place could be in. */
function put(input: unknown, [name, ...rest]: readonly string[], id: string): unknown {
  if (name === undefined) return id;
  if (name === "0") {
    const inner = put(
      (input as unknown[] | undefined)?.[0] ?? (rest.length > 0 ? undefined : null),
      rest,
      id,
    );
    return inner === undefined ? undefined : [inner];
  }
  if (input === undefined) return undefined;
  const inner = put((input as Record<string, unknown>)[name] ?? (rest.length > 0 ? {} : null), rest, id);
  return inner === undefined ? undefined : { ...(input as object), [name]: inner };
}

/** Every place for an id in every procedure, however deep. */
const idFields = procedures.flatMap(({ path, input }) =>
  [...new Set(idPaths((input ?? {}) as Schema).map((names) => names.join(".")))].map((field) => ({
    path,
    field,
    put: (right: object, id: string) => put(right, field.split("."), id),
  })),
);

/** Ids that callers may make themselves. */
const callerMade = new Set(["id", "commentId"]);

test("there are id fields, and each procedure that has one has a right input", () => {
  expect(idFields.length).toBeGreaterThan(20);
  expect(Object.keys(rightInputs).toSorted()).toEqual(
    [...new Set(idFields.map(({ path }) => path))].toSorted(),
  );
});

test("the right inputs are right, or their refusals below would prove nothing", async () => {
  for (const home of [lumen, northwind]) {
    for (const [path, inputOf] of Object.entries(rightInputs)) {
      const { outcome, text } = await send(server, home, path, await inputOf(home));
      expect([path, outcome], text).toEqual([path, "ok"]);
    }
  }
});

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/** An answer with what is new in every answer taken out: the id that was asked for; where something was made, its own marks. */
const comparable = ({ status, text, outcome }: Answer, asked: string): string => {
  const refusal = `${status} ${text.replaceAll(asked, "[asked]")}`;
  return outcome === "ok"
    ? refusal
        .replaceAll(UUID, "[id]")
        .replaceAll(INSTANT, "[at]")
        // Signed words about what was asked.
        .replaceAll(/\?link=[\w.-]+/g, "?link=[word]")
        .replaceAll(/"(number|position)":\d+/g, "")
    : refusal;
};

test.for(["lumen", "northwind"] as const)(
  "to %s, every id of the other organization in every field is an id that nothing has, and nothing there changes",
  async (ours) => {
    const [home, other] = ours === "lumen" ? [lumen, northwind] : [northwind, lumen];
    const before = await sumsOf(server.resources.sql, other.ids["organization"]!);
    // What is simulated is not there for the desk it belongs to either.
    const staged = await stagedBy(home);
    const told: string[] = [];
    const tryAll = async ({ path, field, put }: (typeof idFields)[number]) => {
      let right = await rightInputs[path]!(home);
      const ask = async (id: string) => {
        const input = put(right, id);
        if (input === undefined) return "no place";
        const answer = await send(server, home, path, input);
        // What was refused has used nothing up.
        if (answer.outcome === "ok") right = await rightInputs[path]!(home);
        return comparable(answer, id);
      };
      const nothing = await ask(randomUUID());
      if (nothing === "no place")
        return void told.push(`${path} ${field}: the right input has no place for it`);
      for (const [kind, id] of Object.entries({ ...other.ids, ...(callerMade.has(field) ? {} : staged) })) {
        const answer = await ask(id);
        if (answer !== nothing) told.push(`${path} ${field} = ${kind}: ${answer} instead of ${nothing}`);
        if (callerMade.has(field))
          await server.resources
            .sql`delete from ticket_comments where id = ${id} and organization_id = ${home.ids["organization"]!}`;
      }
    };
    await inParallel(
      4,
      idFields.filter(({ field }) => !callerMade.has(field)),
      tryAll,
    );
    // Ids that callers make are ours from then on, so they come last.
    await inParallel(
      1,
      idFields.filter(({ field }) => callerMade.has(field)),
      tryAll,
    );
    expect(told.slice(0, 5)).toEqual([]);
    expect(await sumsOf(server.resources.sql, other.ids["organization"]!)).toEqual(before);
    expect(before["tickets"]).not.toBe("0 ");
  },
);
