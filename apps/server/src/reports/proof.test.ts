import { startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { generate } from "./proof/generate.ts";
import { readers as scopes, storedReader } from "./proof/index.ts";
import { type ProvenReader, prove } from "./proof/prove.ts";

/** The stories of the seed end in January; generated ones a little later, with a daylight saving change before. */
const NOW = "2026-04-20T09:30:00.000Z";
const TICKETS = 2_000;

let server: TestServer;
let organizationId: string;
let readers: ProvenReader[];

beforeAll(async () => {
  server = await startServer({ runtime: { ...systemRuntime, now: () => NOW } });
  const { sql } = server.resources;
  const [organization] = await sql<{ id: string }[]>`select id from organizations where slug = 'demo'`;
  organizationId = organization!.id;
  readers = await Promise.all(
    scopes.map(async ([name, scope]): Promise<ProvenReader> => {
      const { api } = await server.as(name);
      const stored = await storedReader(sql, organizationId, name);
      return { ...stored, scope, run: (definition) => api.reports.run.query({ definition }) };
    }),
  );
});

afterAll(() => server[Symbol.asyncDispose]());

const proven = () =>
  prove({ sql: server.resources.sql, organizationId, readers, now: NOW, elapsedMs: () => performance.now() });

test("every figure of every report is what plain loops count on the seed data, for every scope", async () => {
  const { differences, reports, figures } = await proven();
  expect(differences.slice(0, 5)).toEqual([]);
  expect(reports).toBeGreaterThan(300);
  expect(figures).toBeGreaterThan(10_000);
});

test("and on thousands of generated tickets with all that can have happened to them", async () => {
  await generate(server.resources.sql, organizationId, { tickets: TICKETS, seed: 6, until: NOW });
  const { differences, figures } = await proven();
  expect(differences.slice(0, 5)).toEqual([]);
  expect(figures).toBeGreaterThan(20_000);
});
