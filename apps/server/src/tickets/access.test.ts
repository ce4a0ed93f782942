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
  "of another department, in copy": async (role) => {
    const ticket = await open("tom", "Billing and accounts");
    await table.server.resources.sql`insert into ticket_cc (organization_id, ticket_id, user_id, created_at)
      select organization_id, id, ${idOf(self(role))}, created_at from tickets where id = ${ticket.id}`;
    return inputOf(ticket, "billing");
  },
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

/** A comment of the super admin on a ticket, where she sees it. */
const commented = async ({ id: ticketId }: Ticket) => {
  const commentId = randomUUID();
  await asSofia("tickets.reply", { ticketId, id: commentId, body: "Hello" }).catch(() => null);
  return { ticketId, commentId };
};

const newMacro = () => ({ name: `m${randomUUID()}`, actions: { note: "For the table" } });

const template = async (change: object): Promise<string> => {
  const input = { name: `t${randomUUID()}`, title: "For the table", ...change };
  return (await asSofia<Ticket>("templates.create", input)).id;
};

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
  "tickets.commentVersions": onTickets(commented),
  "tickets.editComment": {
    ...onTickets(async (ticket) => ({ ...(await commented(ticket)), version: 1, body: "Edited" })),
    "of technical support, one's own comment": async (role) => {
      const input = await commented(await open(self(role) === "nora" ? "nora" : "tom", "Technical support"));
      await table.server.resources
        .sql`update ticket_comments set author_id = ${idOf(self(role))} where id = ${input.commentId}`;
      return { ...input, version: 1, body: "Edited" };
    },
  },
  "tickets.follow": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.get": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.onChange": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.link": onTickets(async ({ id }) => ({
    ticketId: id,
    otherTicketId: (await open("tom", null)).id,
    relation: "relates_to",
  })),
  "tickets.list": { "": () => ({}) },
  "tickets.merge": {
    ...onTickets(async ({ id, version }) => ({
      ticketId: id,
      version,
      intoTicketId: (await open("tom", null)).id,
    })),
    "into one of billing": async () => ({
      ticketId: (await open("tom", null)).id,
      version: 1,
      intoTicketId: (await open("tom", "Billing and accounts")).id,
    }),
  },
  "tickets.open": {
    "for oneself": () => ({ title: "For the table", description: "" }),
    "for a customer": () => ({ title: "For the table", description: "", customerId: idOf("tom") }),
    "for a customer of another organization": () => ({
      title: "No",
      description: "",
      customerId: idOf("hanna"),
    }),
    "for nobody there is": () => ({ title: "No", description: "", customerId: randomUUID() }),
    "with a template for customers": async () => ({ templateId: await template({ isForCustomers: true }) }),
    "with a template for staff": async () => ({ templateId: await template({ isForCustomers: false }) }),
    "with a template of another organization": async () => {
      const [row] = await table.server.resources.sql<{ id: string }[]>`
        select t.id from ticket_templates t join organizations o on o.id = t.organization_id and o.slug = 'northwind'`;
      return { templateId: row!.id };
    },
    "in a department of another organization": () => ({
      title: "No",
      description: "",
      departmentId: idOf("Workshop"),
    }),
  },
  "tickets.release": {
    ...onTickets(({ id, version }) => ({ ticketId: id, version })),
    "of technical support, assigned to another": async () => {
      const { id, version } = await open("tom", "Technical support");
      await table.server.resources.sql`update tickets set assignee_id = ${idOf("yuki")} where id = ${id}`;
      return { ticketId: id, version };
    },
  },
  "tickets.reopen": onTickets(async ({ id, version }) => {
    await table.server.resources.sql`
      update tickets t set status_id = s.id, resolved_at = t.created_at, closed_at = t.created_at from ticket_statuses s
      where t.id = ${id} and s.organization_id = t.organization_id and s.key = 'closed'
        and s.organization_id = (select organization_id from users where id = ${idOf("sofia")})`;
    return { ticketId: id, version, reason: "For the table" };
  }),
  "tickets.reply": onTickets(({ id }) => ({ ticketId: id, body: "A reply." })),
  "tickets.setCc": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.setDepartment": onTickets(({ id, version }, place) => ({
    ticketId: id,
    version,
    departmentId: idOf(place === "billing" ? "Technical support" : "Billing and accounts"),
  })),
  "tickets.setFields": onTickets(({ id, version }) => ({ ticketId: id, version, fields: {} })),
  "tickets.setFollowers": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.setPriority": onTickets(({ id, version }) => ({ ticketId: id, version, priority: "urgent" })),
  "tickets.setStatus": onTickets(({ id, version }) => ({ ticketId: id, version, status: "in_progress" })),
  "tickets.setTags": onTickets(({ id, version }) => ({ ticketId: id, version, tags: ["bug"] })),
  "tickets.split": onTickets(async (ticket) => {
    const { ticketId, commentId } = await commented(ticket);
    return { ticketId, version: ticket.version, title: "For the table", commentIds: [commentId] };
  }),
  "tickets.take": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.timeline": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.unfollow": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.unlink": onTickets(async ({ id }) => ({
    ticketId: id,
    otherTicketId: (await open("tom", null)).id,
    relation: "relates_to",
  })),
  "tickets.unmerge": onTickets(async ({ id }) => {
    const intoTicketId = (await open("tom", null)).id;
    const merging = asSofia("tickets.merge", { ticketId: id, version: 1, intoTicketId });
    // What is not there is not merged either.
    await merging.catch(() => {});
    return { ticketId: id, version: 2 };
  }),
  "tickets.update": onTickets(({ id, version }) => ({ ticketId: id, version, title: "Edited" })),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
