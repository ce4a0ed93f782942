import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("mails."));

let table: AccessTable;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
});
afterAll(() => table.server[Symbol.asyncDispose]());

/** A mail that was given up. */
async function failed(name: string): Promise<{ mailId: string }> {
  const mailId = randomUUID();
  await table.server.resources.sql`
    insert into notifications (organization_id, id, user_id, kind, created_at, mail_state, mail_problem)
    select organization_id, ${mailId}, id, 'mention', created_at, 'failed', 'gone' from users
    where id = ${table.idOf(name)}`;
  return { mailId };
}

const cases: Record<string, Cases> = {
  "mails.list": { "": () => ({}), "those tried again": () => ({ state: "retrying" }) },
  "mails.retry": {
    "one that was given up": () => failed("tom"),
    "one that was not": () => ({ mailId: table.idOf("notification of yuki@lumen.example") }),
    "of another organization": () => failed("erik"),
    "that is not there": () => ({ mailId: randomUUID() }),
  },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
