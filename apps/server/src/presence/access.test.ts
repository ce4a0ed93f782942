import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases, self } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("presence."));

let table: AccessTable;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
});

afterAll(() => table.server[Symbol.asyncDispose]());

const open = async (customer: string, department: string | null) => {
  const departmentId = department && table.idOf(department);
  const input = { title: "For the table", description: "", customerId: table.idOf(customer), departmentId };
  return (await table.asSofia<{ id: string }>("tickets.open", input)).id;
};

const onTickets = (inputOf: (ticketId: string) => unknown): Cases => ({
  "one's own, as its customer": async (role) => inputOf(await open(self(role), "Technical support")),
  "of technical support": async () => inputOf(await open("tom", "Technical support")),
  "of no department": async () => inputOf(await open("tom", null)),
  "of billing": async () => inputOf(await open("tom", "Billing and accounts")),
  "of another organization": () => inputOf(table.idOf("ticket of hanna@fjordrides.example")),
  "that is not there": () => inputOf(randomUUID()),
});

const cases: Record<string, Cases> = {
  "presence.list": onTickets((ticketId) => ({ ticketId })),
  "presence.onChange": onTickets((ticketId) => ({ ticketId })),
  "presence.report": onTickets((ticketId) => ({ ticketId, activity: "looking" })),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
