import {
  type Answer,
  accessTokenOf,
  call,
  inParallel,
  startServer,
  type TestServer,
} from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "./manifest.ts";

const INPUTS = 8_000;
const SEED = 20_260_112;

interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
}

let server: TestServer;
let tokens: (string | null)[];
let known: { ids: string[]; words: string[] };

beforeAll(async () => {
  server = await startServer({ env: { TRUST_PROXY: "127.0.0.1" } });
  tokens = [await accessTokenOf(server.url, "sofia"), await accessTokenOf(server.url, "ben"), null];
  const rows = await server.resources.sql<{ id: string }[]>`
    select id from tickets union all select id from users union all select id from departments
    union all select id from roles union all select id from notifications union all select id from ticket_comments`;
  known = { ids: rows.map(({ id }) => id), words: await cursors() };
});

afterAll(() => server[Symbol.asyncDispose]());

/** Cursors that were given out, for the inputs to take up and to spoil. */
async function cursors(): Promise<string[]> {
  const lists = ["tickets.list", "users.list", "notifications.list"];
  const pages = lists.map((path) =>
    call(server.url, { path, type: "query", input: { limit: 1 }, accessToken: tokens[0] }),
  );
  return (await Promise.all(pages)).flatMap(
    ({ data }) => (data as { nextCursor: string | null }).nextCursor ?? [],
  );
}

/** The same numbers at every run: a failure can be repeated. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = numbersFrom(SEED);
const chance = (share: number): boolean => random() < share;
const upTo = (count: number): number => Math.floor(random() * count);
const oneOf = <T>(values: readonly T[]): T => values[upTo(values.length)]!;

const texts = [
  "",
  " ",
  "open",
  "agent",
  "demo",
  "ben@lumen.example",
  "urgent",
  "Europe/Berlin",
  "en-GB",
  "99",
  "2147483648",
  "9999999999",
  "a\u0000b",
  "\ud800",
  "\udfff\ud800",
  "e\u0301\u202e\u2028",
  "👩‍👩‍👧",
  "İ",
  "'; drop table tickets; --",
  "%_\\",
  "{}",
  '{"a":1}',
  "${jndi:ldap://x}",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "x".repeat(300),
  "ä".repeat(70_000),
  "0000-01-01T00:00:00.000Z",
  "00000000-0000-0000-0000-000000000000.abc",
];

const numbers = [0, 1, -1, 2, 1.5, 50, 100, 101, 2_147_483_647, 2_147_483_648, -0, 1e308, 2 ** 53];

/** A cursor of a list, as nobody was given it. */
const cursorOf = (parts: unknown): string => Buffer.from(JSON.stringify(parts)).toString("base64url");
const instants = [
  "0000-01-01T00:00:00.000Z",
  "9999-12-31T23:59:59.999Z",
  "2026-02-29T00:00:00.000Z",
  "-infinity",
  "now",
];

function aText(): string {
  if (chance(0.15)) return oneOf(known.words).slice(upTo(3));
  if (chance(0.1)) {
    const order = oneOf(["created_at desc", "updated_at asc", "resolution_due_at asc", "notifications", ""]);
    return cursorOf([order, oneOf(instants), chance(0.7) ? oneOf(known.ids) : oneOf(texts)]);
  }
  return chance(0.5) ? oneOf(texts) : `t${upTo(1_000_000)}`;
}

const anything = (): unknown =>
  oneOf<() => unknown>([
    aText,
    () => oneOf(numbers),
    () => null,
    () => [],
    () => ({}),
    () => chance(0.5),
    () => [null, {}],
  ])();

/** Mostly what the schema asks for, and in every tenth place something else. */
function valueOf(schema: Schema): unknown {
  if (chance(0.08)) return anything();
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return valueOf(oneOf(choices));
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return oneOf(schema.enum);
  switch (schema.type) {
    case "object":
      return objectOf(schema);
    case "array":
      return Array.from({ length: upTo(4) }, () => valueOf(schema.items ?? {}));
    case "string":
      if (schema.format === "uuid")
        return chance(0.85) ? oneOf(known.ids) : oneOf([oneOf(known.ids).toUpperCase(), aText()]);
      if (schema.pattern?.includes("[0-9a-f]{64}")) return chance(0.7) ? "0f".repeat(32) : aText();
      return aText();
    case "integer":
    case "number":
      return chance(0.7) ? (schema.minimum ?? 0) + upTo(3) : oneOf(numbers);
    case "boolean":
      return chance(0.5);
    case "null":
      return null;
    default:
      return anything();
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): unknown {
  const entries = Object.entries(properties)
    .filter(([name]) => (required.includes(name) ? !chance(0.03) : chance(0.4)))
    // No schema says which texts are zones.
    .map(([name, schema]) => [name, name === "zone" && chance(0.9) ? "Europe/Berlin" : valueOf(schema)]);
  if (typeof additionalProperties === "object") entries.push([aText(), valueOf(additionalProperties)]);
  if (chance(0.04)) entries.push([aText(), anything()]);
  return Object.fromEntries(entries);
}

/** These end what the others need. */
const procedures = manifest().filter(
  ({ path }) => path !== "auth.signOut" && path !== "auth.signOutEverywhere",
);

test(`${INPUTS} made-up inputs over all procedures: each is answered, none with an error of ours`, async () => {
  const calls = Array.from({ length: INPUTS }, (_, i) => {
    const { path, type, input: schema } = procedures[i % procedures.length]!;
    const accessToken = chance(0.02) ? tokens[2] : tokens[chance(0.8) ? 0 : 1];
    return {
      path,
      type,
      accessToken,
      input: schema ? valueOf(schema as Schema) : anything(),
      from: `10.0.${i >> 8}.${i & 255}`,
    };
  });
  const answers = await inParallel(8, calls, (each) => call(server.url, each));

  const failed = answers.flatMap(({ status, text }: Answer, i) =>
    status >= 500 ? [`${calls[i]!.path} ${JSON.stringify(calls[i]!.input).slice(0, 300)} -> ${text}`] : [],
  );
  expect(failed.slice(0, 5)).toEqual([]);
  expect(answers.filter(({ outcome }) => outcome.startsWith("HTTP") && outcome !== "HTTP 431")).toEqual([]);

  const outcomes = Map.groupBy(answers, ({ outcome }) => outcome);
  expect(outcomes.get("ok")!.length).toBeGreaterThan(INPUTS / 10);
  expect(outcomes.get("input.invalid")!.length).toBeGreaterThan(INPUTS / 10);
  expect(outcomes.size).toBeGreaterThan(15);
  const reached = new Set(
    calls.filter((_, i) => answers[i]!.outcome !== "input.invalid").map(({ path }) => path),
  );
  expect(procedures.filter(({ path }) => !reached.has(path)).map(({ path }) => path)).toEqual([]);
});
