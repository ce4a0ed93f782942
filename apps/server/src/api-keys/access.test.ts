import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { accessTokenOf, call } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import type { MadeKey } from "./view.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => /^(apiKeys\.|auth\.exchangeKey$)/.test(path));

let table: AccessTable;
let theirs: MadeKey;
let omar: string;

const make = async (accessToken: string, input: object): Promise<MadeKey> => {
  const answer = await call(table.server.url, {
    path: "apiKeys.create",
    type: "mutation",
    input,
    accessToken,
  });
  expect(answer.outcome, answer.text).toBe("ok");
  return answer.data as MadeKey;
};

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  omar = await accessTokenOf(table.server.url, "omar");
  theirs = await make(await accessTokenOf(table.server.url, "ingrid"), { name: "Theirs", scopes: [] });
});

afterAll(() => table.server[Symbol.asyncDispose]());

const newKey = (rest: object = {}) => ({ name: "Portal", scopes: ["user.read", "user.act_for"], ...rest });
const onKeys = (inputOf: (key: MadeKey) => unknown): Cases => ({
  "of a service": async () =>
    inputOf(await make(omar, newKey({ service: { name: "Portal", roleKey: "agent" } }))),
  "somebody else's own": async () => inputOf(await make(omar, newKey())),
  "that may what only super admins may": async () =>
    inputOf(await table.asSofia<MadeKey>("apiKeys.create", newKey({ scopes: ["role.manage"] }))),
  "of another organization": () => inputOf(theirs),
  "that is not there": () => inputOf({ ...theirs, id: randomUUID() }),
});

/** The one who calls says nothing here: the key does. */
const exchanging =
  (name: string): Cases[string] =>
  async () => ({
    key: (await make(omar, newKey())).key,
    onBehalfOf: table.idOf(name),
  });

const cases: Record<string, Cases> = {
  "apiKeys.create": {
    "of one's own": () => newKey(),
    "of a new service": () => newKey({ service: { name: "Portal", roleKey: "agent" } }),
    "of a new service that is a super admin": () =>
      newKey({ scopes: [], service: { name: "Portal", roleKey: "super_admin" } }),
    "that may what only super admins may": () => newKey({ scopes: ["role.manage"] }),
    "of another person": () => newKey({ ownerId: table.idOf("petra") }),
    "of a person of another organization": () => newKey({ ownerId: table.idOf("ingrid") }),
    "of nobody there is": () => newKey({ ownerId: randomUUID() }),
  },
  "apiKeys.get": onKeys(({ id }) => ({ apiKeyId: id })),
  "apiKeys.list": { "": () => undefined },
  "apiKeys.revoke": onKeys(({ id, version }) => ({ apiKeyId: id, version })),
  "apiKeys.rotate": onKeys(({ id, version }) => ({ apiKeyId: id, version })),
  "apiKeys.update": onKeys(({ id, version }) => ({ apiKeyId: id, version, name: "Renamed" })),
  "auth.exchangeKey": {
    "an admin's, for themselves": async () => ({ key: (await make(omar, newKey())).key }),
    "an admin's, for a customer": exchanging("nora"),
    "an admin's, for a manager": exchanging("petra"),
    "an admin's, for a super admin": exchanging("sofia"),
    "an admin's, for a person of another organization": exchanging("ingrid"),
    "without user.act_for, for a customer": async () => ({
      key: (await make(omar, newKey({ scopes: ["user.read"] }))).key,
      onBehalfOf: table.idOf("nora"),
    }),
    "of an organization that it does not belong to": async () => ({
      key: (await make(omar, newKey())).key,
      organization: "northwind",
    }),
  },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
