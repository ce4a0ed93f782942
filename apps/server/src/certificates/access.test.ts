import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases, self } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import { issued } from "./issued.fixtures.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("certificates."));

let table: AccessTable;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
});

afterAll(() => table.server[Symbol.asyncDispose]());

const of = (name: string) => issued(table.server.resources.sql, table.idOf(name));

const cases: Record<string, Cases> = {
  "certificates.certifications": { "": () => undefined },
  "certificates.claim": { "on no evidence": () => ({ key: "senior_desk" }) },
  "certificates.list": {
    "one's own": () => ({}),
    "of technical support": () => ({ userId: table.idOf("yuki") }),
    "of billing": () => ({ userId: table.idOf("carla") }),
    "of another organization": () => ({ userId: table.idOf("erik") }),
  },
  "certificates.export": {
    "one's own": async (role) => ({ certificateId: (await of(self(role))).certificateId }),
    "of billing": async () => ({ certificateId: (await of("carla")).certificateId }),
    "of another organization": async () => ({ certificateId: (await of("erik")).certificateId }),
    "that is not there": () => ({ certificateId: randomUUID() }),
  },
  "certificates.verify": {
    "by its serial": async (role) => ({ organization: "demo", serial: (await of(self(role))).serial }),
    "of another organization": async () => ({ organization: "demo", serial: (await of("erik")).serial }),
  },
  "certificates.revoke": {
    "of technical support": async () => ({
      certificateId: (await of("yuki")).certificateId,
      reason: "A mistake.",
    }),
    "of another organization": async () => ({
      certificateId: (await of("erik")).certificateId,
      reason: "A mistake.",
    }),
  },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what with whose certificate is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
