import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases, type Role, people } from "@helpdesk/testing/access";
import { accessTokenOf, call } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import { copiedScenario } from "../scenarios/copy.fixtures.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));
const procedures = manifest().filter(({ path }) => path.startsWith("sessions."));

let table: AccessTable;
const tokens = new Map<string, string>();
const organizations = new Map<string, string>();

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const { url, resources } = table.server;
  for (const name of ["sofia", "omar", "petra", "ben", "carla", "ingrid"])
    tokens.set(name, await accessTokenOf(url, name));
  const rows = await resources.sql<{ id: string; slug: string }[]>`select id, slug from organizations`;
  for (const { id, slug } of rows) organizations.set(slug, id);
});

afterAll(() => table.server[Symbol.asyncDispose]());

type How = { clock?: "real" | "virtual"; isEnded?: boolean };

const scenario = async (slug = "demo"): Promise<string> =>
  (await copiedScenario(table.server.resources.sql, organizations.get(slug)!, "active")).scenarioId;

/** A session of somebody's of a scenario that nobody has played, with one message where it has ended. */
async function sessionOf(name: string, { clock = "real", isEnded = false }: How): Promise<string> {
  const accessToken = tokens.get(name)!;
  const act = async (path: string, input: unknown) => {
    const answer = await call(table.server.url, { path, type: "mutation", input, accessToken });
    if (answer.outcome !== "ok") throw new Error(`${path}: ${answer.text}`);
    return answer.data as { id: string };
  };
  const scenarioId = await scenario(name === "ingrid" ? "northwind" : "demo");
  const { id: sessionId } = await act("sessions.start", { scenarioId, clock });
  if (isEnded) {
    await act("sessions.say", { sessionId, text: "Hello." });
    await act("sessions.resolve", { sessionId });
  }
  return sessionId;
}

/** Ben belongs to the department that Petra manages, Carla does not; Ingrid is of another organization. */
const onSessions = (rest: object = {}, how: How = {}): Cases => ({
  // Of whoever cannot have one, somebody's.
  "one's own": async (role: Role) => ({
    sessionId: await sessionOf(tokens.has(people[role] ?? "") ? people[role]! : "carla", how),
    ...rest,
  }),
  "of technical support's agent": async () => ({ sessionId: await sessionOf("ben", how), ...rest }),
  "of billing's agent": async () => ({ sessionId: await sessionOf("carla", how), ...rest }),
  "of another organization": async () => ({ sessionId: await sessionOf("ingrid", how), ...rest }),
  "that is not there": () => ({ sessionId: randomUUID(), ...rest }),
});

const ended = { isEnded: true };

const cases: Record<string, Cases> = {
  "sessions.abandon": onSessions(),
  "sessions.advance": onSessions({ seconds: 60 }, { clock: "virtual" }),
  "sessions.correctAct": onSessions({ sequence: 2, acts: ["greet"], reason: "It is a greeting" }, ended),
  "sessions.escalate": onSessions({ reason: "Too much" }),
  "sessions.feedback": { ...onSessions({}, ended), "that is played": onSessions()["one's own"]! },
  "sessions.get": onSessions(),
  "sessions.onChange": onSessions(),
  "sessions.list": { mine: () => ({}), "those one trains": () => ({ whose: "supervised" }) },
  "sessions.log": { ...onSessions({}, ended), "that is played": onSessions()["one's own"]! },
  "sessions.openArticle": onSessions({ article: "no_such_article" }),
  "sessions.pickRootCause": onSessions({ option: "no_such_cause" }),
  "sessions.refuse": onSessions({ reason: "Not verified" }),
  "sessions.resolve": onSessions(),
  "sessions.say": onSessions({ text: "Hello." }),
  "sessions.sayStreaming": onSessions({ text: "Hello." }),
  "sessions.start": {
    "an active scenario": async () => ({ scenarioId: await scenario() }),
    "a scenario of another organization": async () => ({ scenarioId: await scenario("northwind") }),
    "that is not there": () => ({ scenarioId: randomUUID() }),
  },
  "sessions.takeHint": onSessions({ level: "nudge" }),
  "sessions.useTool": onSessions({ tool: "no_such_tool" }),
  "sessions.writeNote": onSessions({ fields: { symptom: "No sign-in" } }),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
