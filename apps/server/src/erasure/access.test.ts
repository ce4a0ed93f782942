import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("erasures."));

let table: AccessTable;
let theirs: { erasureId: string; userId: string };

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const userId = await newPerson("northwind");
  theirs = { erasureId: await erasureOf(userId), userId };
});

afterAll(() => table.server[Symbol.asyncDispose]());

/** Somebody new of an organization. */
async function newPerson(slug: string, role = "customer"): Promise<string> {
  const id = randomUUID();
  await table.server.resources.sql`
    insert into users (organization_id, id, email, name, role_id, created_at, updated_at)
    select o.id, ${id}, ${`${id}@erased.example`}, 'Somebody New', r.id, now(), now()
    from organizations o join roles r on r.organization_id = o.id and r.key = ${role} where o.slug = ${slug}`;
  return id;
}

async function erasureOf(userId: string, isFinished = false): Promise<string> {
  const id = randomUUID();
  const hash = "a".repeat(64);
  await table.server.resources.sql`
    insert into erasures (organization_id, id, user_id, is_staff, other_names, requested_by_id, requested_at,
      address_hash, step, due_at, finished_at, receipt_hash)
    select organization_id, ${id}, id, false, '{}', id, now(), ${hash}, 'account', now(),
      case when ${isFinished} then now() end, case when ${isFinished} then ${hash} end
    from users where id = ${userId}`;
  return id;
}

const newErasure = async (isFinished = false) => ({
  erasureId: await erasureOf(await newPerson("demo"), isFinished),
});
const emailOf = (userId: string) => `${userId}@erased.example`;
const request = async (slug: string, role?: string) => {
  const userId = await newPerson(slug, role);
  return { userId, email: emailOf(userId) };
};
const elsewhere = {
  "of another organization": () => ({ erasureId: theirs.erasureId }),
  "that is not there": () => ({ erasureId: randomUUID() }),
};

const cases: Record<string, Cases> = {
  "erasures.list": { "": () => ({}) },
  "erasures.plan": {
    "a customer": async () => ({ userId: await newPerson("demo") }),
    "a super admin": async () => ({ userId: await newPerson("demo", "super_admin") }),
    "somebody of another organization": () => ({ userId: theirs.userId }),
    "somebody who is not there": () => ({ userId: randomUUID() }),
  },
  "erasures.request": {
    "a customer": () => request("demo"),
    "an agent": () => request("demo", "agent"),
    "another super admin": () => request("demo", "super_admin"),
    "with another address": async () => ({ ...(await request("demo")), email: "other@erased.example" }),
    "somebody of another organization": () => request("northwind"),
    "somebody who is not there": () => ({ userId: randomUUID(), email: "a@b.example" }),
  },
  "erasures.get": { "under way": () => newErasure(), finished: () => newErasure(true), ...elsewhere },
  "erasures.receipt": { "under way": () => newErasure(), finished: () => newErasure(true), ...elsewhere },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
