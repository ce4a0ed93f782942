import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases, self } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("tickets."));

let table: AccessTable;
const idOf = (name: string): string => table.idOf(name);
const asSofia = <T>(path: string, input: unknown): Promise<T> => table.asSofia(path, input);

beforeAll(async () => {
  table = await AccessTable.start(manifest());
});

afterAll(() => table.server[Symbol.asyncDispose]());

interface Ticket {
  id: string;
  version: number;
}

const open = (customer: string, department: string | null) =>
  asSofia<Ticket>("tickets.open", {
    title: "For the table",
    description: "",
    customerId: idOf(customer),
    departmentId: department && idOf(department),
  });

/** Everybody's own way to have to do with a ticket. For customers all but their own are other people's. */
const onTickets = (inputOf: (ticket: Ticket, place: string) => unknown): Cases => ({
  "one's own, as its customer": async (role) =>
    inputOf(await open(self(role), "Technical support"), "support"),
  "of another department, assigned to one": async (role) => {
    const ticket = await open("tom", "Billing and accounts");
    await table.server.resources
      .sql`update tickets set assignee_id = ${idOf(self(role))} where id = ${ticket.id}`;
    return inputOf(ticket, "billing");
  },
  "of technical support": async () => inputOf(await open("tom", "Technical support"), "support"),
  "of no department": async () => inputOf(await open("tom", null), "none"),
  "of billing": async () => inputOf(await open("tom", "Billing and accounts"), "billing"),
  "of another organization": () =>
    inputOf({ id: idOf("ticket of hanna@fjordrides.example"), version: 1 }, "support"),
  "that is not there": () => inputOf({ id: randomUUID(), version: 1 }, "support"),
});

const newMacro = () => ({ name: `m${randomUUID()}`, actions: { note: "For the table" } });

const cases: Record<string, Cases> = {
  "tickets.addNote": onTickets(({ id }) => ({ ticketId: id, body: "A note." })),
  "tickets.applyMacro": onTickets(async ({ id, version }) => ({
    ticketId: id,
    version,
    macroId: (await asSofia<Ticket>("macros.create", newMacro())).id,
  })),
  "tickets.assign": onTickets(({ id, version }, place) => ({
    ticketId: id,
    version,
    assigneeId: idOf(place === "billing" ? "carla" : "yuki"),
  })),
  "tickets.bulk": onTickets(({ id }) => ({ ticketIds: [id], change: { priority: "urgent" } })),
  "tickets.follow": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.get": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.link": onTickets(async ({ id }) => ({
    ticketId: id,
    otherTicketId: (await open("tom", null)).id,
    relation: "relates_to",
  })),
  "tickets.list": { "": () => ({}) },
  "tickets.open": {
    "for oneself": () => ({ title: "For the table", description: "" }),
    "for a customer": () => ({ title: "For the table", description: "", customerId: idOf("tom") }),
    "for a customer of another organization": () => ({
      title: "No",
      description: "",
      customerId: idOf("hanna"),
    }),
    "for nobody there is": () => ({ title: "No", description: "", customerId: randomUUID() }),
    "in a department of another organization": () => ({
      title: "No",
      description: "",
      departmentId: idOf("Workshop"),
    }),
  },
  "tickets.reopen": onTickets(async ({ id, version }) => {
    await table.server.resources.sql`
      update tickets t set status_id = s.id, resolved_at = t.created_at, closed_at = t.created_at from ticket_statuses s
      where t.id = ${id} and s.organization_id = t.organization_id and s.key = 'closed'
        and s.organization_id = (select organization_id from users where id = ${idOf("sofia")})`;
    return { ticketId: id, version, reason: "For the table" };
  }),
  "tickets.reply": onTickets(({ id }) => ({ ticketId: id, body: "A reply." })),
  "tickets.setDepartment": onTickets(({ id, version }, place) => ({
    ticketId: id,
    version,
    departmentId: idOf(place === "billing" ? "Technical support" : "Billing and accounts"),
  })),
  "tickets.setFollowers": onTickets(({ id }) => ({ ticketId: id, userIds: [] })),
  "tickets.setPriority": onTickets(({ id, version }) => ({ ticketId: id, version, priority: "urgent" })),
  "tickets.setStatus": onTickets(({ id, version }) => ({ ticketId: id, version, status: "in_progress" })),
  "tickets.setTags": onTickets(({ id, version }) => ({ ticketId: id, version, tags: ["bug"] })),
  "tickets.take": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.timeline": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.unfollow": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.unlink": onTickets(async ({ id }) => ({
    ticketId: id,
    otherTicketId: (await open("tom", null)).id,
    relation: "relates_to",
  })),
  "tickets.update": onTickets(({ id, version }) => ({ ticketId: id, version, title: "Edited" })),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
