import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases, type Role, self } from "@helpdesk/testing/access";
import { newId } from "@helpdesk/testing/tenant-wall";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import { allMarked } from "./reviewing.fixtures.ts";
import { writtenReview } from "./right-inputs.fixtures.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("reviews."));

interface Thing {
  reviewId: string;
  version: number;
}

let table: AccessTable;
let lumen: string;
let theirs: Thing;

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const { sql } = table.server.resources;
  const organizationOf = async (userId: string) => {
    const [row] = await sql<{ id: string }[]>`select organization_id as id from users where id = ${userId}`;
    return row!.id;
  };
  lumen = await organizationOf(table.idOf("sofia"));
  const northwind = await organizationOf(table.idOf("hanna"));
  theirs = await writtenReview(sql, {
    organizationId: northwind,
    ticketId: table.idOf("ticket of hanna@fjordrides.example"),
    agentId: table.idOf("ingrid"),
    reviewerId: table.idOf("hanna"),
  });
});

afterAll(() => table.server[Symbol.asyncDispose]());

/** Nora's ticket in a department, resolved; yuki had it. */
async function finished(department: string): Promise<string> {
  const { id: ticketId } = await table.asSofia<{ id: string }>("tickets.open", {
    title: "For the table",
    description: "",
    customerId: table.idOf("nora"),
    departmentId: table.idOf("Technical support"),
  });
  await table.asSofia("tickets.assign", { ticketId, version: 1, assigneeId: table.idOf("yuki") });
  await table.asSofia("tickets.setStatus", { ticketId, version: 2, status: "resolved" });
  await table.server.resources.sql`
    update tickets set department_id = ${table.idOf(department)} where id = ${ticketId}`;
  return ticketId;
}

const written = async (department: string, agent: string, reviewer: string): Promise<Thing> =>
  writtenReview(table.server.resources.sql, {
    organizationId: lumen,
    ticketId: await finished(department),
    agentId: table.idOf(agent),
    reviewerId: table.idOf(reviewer),
  });

const onReviews = (inputOf: (review: Thing) => unknown): Cases => ({
  "of one's own work": async (role: Role) =>
    inputOf(await written("Billing and accounts", self(role), "devon")),
  "by oneself, in technical support": async (role: Role) =>
    inputOf(await written("Technical support", "yuki", self(role))),
  "by oneself, in billing": async (role: Role) =>
    inputOf(await written("Billing and accounts", "yuki", self(role))),
  "of others, in technical support": async () => inputOf(await written("Technical support", "yuki", "devon")),
  "of others, in billing": async () => inputOf(await written("Billing and accounts", "yuki", "devon")),
  "of another organization": () => inputOf(theirs),
  "that is not there": () => inputOf({ reviewId: newId(), version: 1 }),
});
const marks = { credits: allMarked("full"), comment: "For the table." };

const cases: Record<string, Cases> = {
  "reviews.acknowledge": onReviews((review) => review),
  "reviews.create": {
    "of a ticket in technical support": async () => ({
      ticketId: await finished("Technical support"),
      ...marks,
    }),
    "of a ticket in billing": async () => ({ ticketId: await finished("Billing and accounts"), ...marks }),
    "of one's own work": async (role: Role) => ({
      ticketId: await finished("Technical support"),
      agentId: table.idOf(self(role)),
      ...marks,
    }),
    "of a ticket of another organization": () => ({
      ticketId: table.idOf("ticket of hanna@fjordrides.example"),
      ...marks,
    }),
    "of a ticket that is not there": () => ({ ticketId: newId(), ...marks }),
  },
  "reviews.get": onReviews(({ reviewId }) => ({ reviewId })),
  "reviews.list": { "": () => ({}) },
  "reviews.mine": { "": () => ({}) },
  "reviews.revise": onReviews((review) => ({ ...review, ...marks })),
  "reviews.rubric": { "": () => undefined },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
