import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases, type Role, self } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import { sentFile } from "./right-inputs.fixtures.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("attachments."));

let table: AccessTable;
let lumen: string;
let theirs: string;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const { sql } = table.server.resources;
  const organizationOf = async (userId: string) => {
    const [row] = await sql<{ id: string }[]>`select organization_id as id from users where id = ${userId}`;
    return row!.id;
  };
  lumen = await organizationOf(table.idOf("sofia"));
  theirs = await sentFile(sql, {
    organizationId: await organizationOf(table.idOf("hanna")),
    uploadedById: table.idOf("hanna"),
    ticketId: table.idOf("ticket of hanna@fjordrides.example"),
    isAttached: true,
  });
});

afterAll(() => table.server[Symbol.asyncDispose]());

const ticketIn = async (customer: string, department: string) => {
  const { id } = await table.asSofia<{ id: string }>("tickets.open", {
    title: "For the table",
    description: "",
    customerId: table.idOf(customer),
    departmentId: table.idOf(department),
  });
  return id;
};

const file = async (uploader: string, ticketId: string | null, isAttached: boolean) => ({
  attachmentId: await sentFile(table.server.resources.sql, {
    organizationId: lumen,
    uploadedById: table.idOf(uploader),
    ticketId,
    isAttached,
  }),
});

/** A file that somebody sent with a note on a ticket. */
async function noted(customer: string) {
  const ticketId = await ticketIn(customer, "Technical support");
  const sent = await file("sofia", ticketId, false);
  const attachmentIds = [sent.attachmentId];
  await table.asSofia("tickets.addNote", { ticketId, body: "See there.", attachmentIds });
  return sent;
}

const onFiles: Cases = {
  "one's own, on one's own ticket": async (role: Role) =>
    file(self(role), await ticketIn(self(role), "Technical support"), true),
  "one's own, not attached": (role: Role) => file(self(role), null, false),
  "another's, not attached": () => file("tom", null, false),
  "another's, on Nora's ticket in technical support": async () =>
    file("tom", await ticketIn("nora", "Technical support"), true),
  "another's, on Tom's ticket in billing": async () =>
    file("tom", await ticketIn("tom", "Billing and accounts"), true),
  "of a note on Nora's ticket in technical support": () => noted("nora"),
  "of another organization": () => ({ attachmentId: theirs }),
  "that is not there": () => ({ attachmentId: randomUUID() }),
};

const cases: Record<string, Cases> = {
  "attachments.remove": onFiles,
  "attachments.url": onFiles,
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
