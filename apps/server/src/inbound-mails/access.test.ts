import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import { keptMail } from "./right-inputs.fixtures.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));
const procedures = manifest().filter(({ path }) => /^(inboundMails|mailAddresses)\./.test(path));

let table: AccessTable;
const organizations = new Map<string, string>();

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const rows = await table.server.resources.sql<
    { slug: string; id: string }[]
  >`select slug, id from organizations`;
  for (const { slug, id } of rows) organizations.set(slug, id);
});

afterAll(() => table.server[Symbol.asyncDispose]());

const mailOf = (slug: string, ticketId?: string) =>
  keptMail(table.server.resources.sql, { organizationId: organizations.get(slug)!, ticketId });

/** A ticket of technical support or of billing, that none of the callers but its opener is a customer of. */
const ticketIn = async (department: string, customer = "tom") => {
  const customerId = table.idOf(customer);
  const input = { title: "T", description: "D", departmentId: table.idOf(department), customerId };
  return (await table.asSofia<{ id: string }>("tickets.open", input)).id;
};

const onMails = (inputOf: (mail: { inboundMailId: string; version: number }) => unknown): Cases => ({
  "that is held": async () => inputOf(await mailOf("demo")),
  "on a ticket of technical support": async () =>
    inputOf(await mailOf("demo", await ticketIn("Technical support"))),
  "on a ticket of billing": async () => inputOf(await mailOf("demo", await ticketIn("Billing and accounts"))),
  "on one's own ticket": async (role) =>
    inputOf(await mailOf("demo", await ticketIn("Technical support", own[role]))),
  "of another organization": async () => inputOf(await mailOf("northwind")),
  "that is not there": () => inputOf({ inboundMailId: randomUUID(), version: 1 }),
});

const own = {
  super_admin: "sofia",
  admin: "omar",
  manager: "petra",
  agent: "ben",
  customer: "nora",
  nobody: "nora",
};

const newAddress = () =>
  table.asSofia<{ id: string; version: number }>("mailAddresses.create", {
    localPart: `a${randomUUID().slice(0, 8)}`,
  });

let made = 0;

const cases: Record<string, Cases> = {
  "inboundMails.list": { "": () => undefined },
  "inboundMails.countHeld": { "": () => undefined },
  "inboundMails.get": onMails(({ inboundMailId }) => ({ inboundMailId })),
  "inboundMails.release": onMails((mail) => ({ ...mail, personId: table.idOf("nora") })),
  "inboundMails.discard": onMails((mail) => mail),
  "mailAddresses.list": { "": () => undefined },
  "mailAddresses.create": {
    "": () => ({ localPart: `b${++made}` }),
    "for a department of another organization": () => ({
      localPart: `b${++made}`,
      departmentId: table.idOf("Workshop"),
    }),
  },
  "mailAddresses.update": {
    "": async () => {
      const { id, version } = await newAddress();
      // Hundreds would be too many.
      await table.server.resources.sql`delete from mail_addresses where local_part like 'b%'`;
      return { mailAddressId: id, version, isActive: false };
    },
    "that is not there": () => ({ mailAddressId: randomUUID(), version: 1 }),
  },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
