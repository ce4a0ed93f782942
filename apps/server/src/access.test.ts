import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { accessTokenOf, call, inParallel, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessTable } from "./access-table.fixtures.ts";
import { manifest } from "./manifest.ts";

/** One of each role. Petra and Ben belong to technical support and not to billing. */
const people = {
  super_admin: "sofia",
  admin: "omar",
  manager: "petra",
  agent: "ben",
  customer: "nora",
  nobody: null,
};
type Role = keyof typeof people;
const roles = Object.keys(people) as Role[];

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

let server: TestServer;
const tokens = new Map<Role, string | null>();
const ids: Record<string, string> = {};

interface Ticket {
  id: string;
  version: number;
}

interface Person {
  id: string;
  version: number;
}

const procedures = manifest();
const typeOf = (path: string): string => procedures.find((procedure) => procedure.path === path)!.type;

const asSofia = async <T>(path: string, input: unknown): Promise<T> => {
  const answer = await call(server.url, {
    path,
    type: typeOf(path),
    input,
    accessToken: tokens.get("super_admin")!,
  });
  if (answer.outcome !== "ok") throw new Error(`${path}: ${answer.text}`);
  return answer.data as T;
};

beforeAll(async () => {
  server = await startServer({ env: { TRUST_PROXY: "127.0.0.1" } });
  for (const role of roles) {
    const name = people[role];
    tokens.set(role, name && (await accessTokenOf(server.url, name)));
  }
  const rows = await server.resources.sql<{ name: string; id: string }[]>`
    select split_part(email, '@', 1) as name, id from users
    union all select name, id from departments
    union all select 'ticket of ' || c.email, t.id from tickets t join users c on c.id = t.customer_id
    union all select r.key || ' of ' || o.slug, r.id from roles r join organizations o on o.id = r.organization_id
    union all select 'notification of ' || u.email, n.id from notifications n join users u on u.id = n.user_id`;
  for (const { name, id } of rows) ids[name] = id;
});

afterAll(() => server[Symbol.asyncDispose]());

const idOf = (name: string): string => {
  const id = ids[name];
  if (!id) throw new Error(`There is nothing called ${name}.`);
  return id;
};

/** What a procedure is called on, and the input for a caller. Everything that is changed is made for its cell. */
type Cases = Record<string, (role: Role) => unknown>;

const open = (customer: string, department: string | null) =>
  asSofia<Ticket>("tickets.open", {
    title: "For the table",
    description: "",
    customerId: idOf(customer),
    departmentId: department && idOf(department),
  });

/** The caller, or for nobody somebody. */
const self = (role: Role): string => people[role] ?? "nora";

/** Everybody's own way to have to do with a ticket. For customers all but their own are other people's. */
const onTickets = (inputOf: (ticket: Ticket, place: string) => object): Cases => ({
  "one's own, as its customer": async (role) =>
    inputOf(await open(self(role), "Technical support"), "support"),
  "of another department, assigned to one": async (role) => {
    const ticket = await open("tom", "Billing and accounts");
    await server.resources.sql`update tickets set assignee_id = ${idOf(self(role))} where id = ${ticket.id}`;
    return inputOf(ticket, "billing");
  },
  "of technical support": async () => inputOf(await open("tom", "Technical support"), "support"),
  "of no department": async () => inputOf(await open("tom", null), "none"),
  "of billing": async () => inputOf(await open("tom", "Billing and accounts"), "billing"),
  "of another organization": () =>
    inputOf({ id: idOf("ticket of hanna@fjordrides.example"), version: 1 }, "support"),
  "that is not there": () => inputOf({ id: randomUUID(), version: 1 }, "support"),
});

const bornAs = (roleKey: string) =>
  asSofia<Person>("users.invite", { name: "For the table", email: `${randomUUID()}@table.example`, roleKey });

const onPeople = (inputOf: (person: Person) => object): Cases => ({
  oneself: async (role) => inputOf(await asSofia<Person>("users.get", { userId: idOf(self(role)) })),
  "a customer": async () => inputOf(await bornAs("customer")),
  "a manager": async () => inputOf(await bornAs("manager")),
  "a super admin": async () => inputOf(await bornAs("super_admin")),
  "somebody of another organization": () => inputOf({ id: idOf("erik"), version: 1 }),
  "nobody there is": () => inputOf({ id: randomUUID(), version: 1 }),
});

const onRoles = (inputOf: (role: { id: string; version: number }) => object): Cases => ({
  "a role of one's own making": async () => inputOf(await asSofia("roles.create", newRole())),
  "a built-in role": () => inputOf({ id: idOf("agent of demo"), version: 1 }),
  "a role of another organization": () => inputOf({ id: idOf("agent of northwind"), version: 1 }),
  "no role there is": () => inputOf({ id: randomUUID(), version: 1 }),
});

const newDepartment = () => ({ name: `For the table ${randomUUID()}` });
const department = (managerId: string | null = null) =>
  asSofia<Person>("departments.create", { ...newDepartment(), managerId });

const onDepartments = (inputOf: (department: { id: string; version: number }) => object): Cases => ({
  "that petra manages": async () => inputOf(await department(idOf("petra"))),
  "that nobody manages": async () => inputOf(await department()),
  "of another organization": () => inputOf({ id: idOf("Workshop"), version: 1 }),
  "that is not there": () => inputOf({ id: randomUUID(), version: 1 }),
});

const newRole = () => ({
  key: `r${randomUUID().replaceAll("-", "")}`,
  name: "For the table",
  permissions: ["user.read"],
});
const always = (input?: unknown): Cases => ({ "": () => input });
const password = "Another-pass-2026!";

const cases: Record<string, Cases> = {
  "auth.acceptInvitation": always({ token: "x", password }),
  "auth.changePassword": always({ currentPassword: "not this", newPassword: password }),
  "auth.me": always(),
  "auth.refresh": always({ refreshToken: "x" }),
  "auth.requestEmailVerification": always(),
  "auth.requestPasswordReset": {
    "": () => ({ organization: "demo", email: `${randomUUID()}@table.example` }),
  },
  "auth.resetPassword": always({ token: "x", newPassword: password }),
  "auth.sessions": always(),
  "auth.signIn": always({ organization: "demo", email: "no-one@table.example", password }),
  "auth.verifyEmail": always({ token: "x" }),
  "auth.signOut": always(),
  "auth.signOutEverywhere": always(),
  "departments.archive": onDepartments(({ id, version }) => ({ departmentId: id, version })),
  "departments.create": {
    "without a manager": newDepartment,
    "led by an agent": () => ({ ...newDepartment(), managerId: idOf("yuki") }),
    "led by a customer": () => ({ ...newDepartment(), managerId: idOf("tom") }),
  },
  "departments.get": onDepartments(({ id }) => ({ departmentId: id })),
  "departments.list": always(),
  "departments.listArchived": always(),
  "departments.restore": onDepartments(({ id, version }) => ({ departmentId: id, version })),
  "departments.setMembers": onDepartments(({ id, version }) => ({
    departmentId: id,
    version,
    userIds: [idOf("yuki")],
  })),
  "departments.update": onDepartments(({ id, version }) => ({
    departmentId: id,
    version,
    description: "Changed",
  })),
  "notifications.list": always({}),
  "notifications.markAllRead": always(),
  "notifications.markRead": {
    "one's own": async (role) => {
      const notificationId = randomUUID();
      await server.resources.sql`
        insert into notifications (organization_id, id, user_id, kind, created_at)
        select organization_id, ${notificationId}, id, 'mention', created_at from users where id = ${idOf(self(role))}`;
      return { notificationId };
    },
    "somebody else's": () => ({ notificationId: idOf("notification of yuki@lumen.example") }),
    "of another organization": () => ({ notificationId: idOf("notification of erik@northwind.example") }),
    "that is not there": () => ({ notificationId: randomUUID() }),
  },
  "notifications.unreadCount": always(),
  "roles.create": {
    "within one's own rights": newRole,
  },
  "roles.delete": onRoles(({ id, version }) => ({ roleId: id, version })),
  "roles.list": always(),
  "roles.update": onRoles(({ id, version }) => ({ roleId: id, version, name: "Renamed" })),
  "tickets.addNote": onTickets(({ id }) => ({ ticketId: id, body: "A note." })),
  "tickets.assign": onTickets(({ id, version }, place) => ({
    ticketId: id,
    version,
    assigneeId: idOf(place === "billing" ? "carla" : "yuki"),
  })),
  "tickets.get": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.list": always({}),
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
  "tickets.reply": onTickets(({ id }) => ({ ticketId: id, body: "A reply." })),
  "tickets.setDepartment": onTickets(({ id, version }, place) => ({
    ticketId: id,
    version,
    departmentId: idOf(place === "billing" ? "Technical support" : "Billing and accounts"),
  })),
  "tickets.setPriority": onTickets(({ id, version }) => ({ ticketId: id, version, priority: "urgent" })),
  "tickets.setStatus": onTickets(({ id, version }) => ({ ticketId: id, version, status: "in_progress" })),
  "tickets.statuses": always(),
  "tickets.take": onTickets(({ id }) => ({ ticketId: id })),
  "tickets.timeline": onTickets(({ id }) => ({ ticketId: id })),
  "users.deactivate": onPeople(({ id, version }) => ({ userId: id, version })),
  "users.get": onPeople(({ id }) => ({ userId: id })),
  "users.invite": {
    "a customer": () => ({ name: "New", email: `${randomUUID()}@table.example`, roleKey: "customer" }),
    "an admin": () => ({ name: "New", email: `${randomUUID()}@table.example`, roleKey: "admin" }),
    "a super admin": () => ({ name: "New", email: `${randomUUID()}@table.example`, roleKey: "super_admin" }),
  },
  "users.list": always({}),
  "users.reactivate": onPeople(({ id, version }) => ({ userId: id, version })),
  "users.setRole": onPeople(({ id, version }) => ({ userId: id, version, roleKey: "agent" })),
  "users.updateProfile": always(),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

const ending = new Set(["auth.signOut", "auth.signOutEverywhere"]);

async function outcomeOf(
  path: string,
  inputOf: (role: Role) => unknown,
  role: Role,
  from: string,
): Promise<string> {
  const name = people[role];
  const accessToken =
    name && path === "auth.signOut" ? await accessTokenOf(server.url, name) : tokens.get(role);
  let input = await inputOf(role);
  if (path === "users.updateProfile") {
    const { version } = await asSofia<Person>("users.get", { userId: idOf(self(role)) });
    input = { version, timeZone: "Europe/Berlin" };
  }
  return (await call(server.url, { path, type: typeOf(path), input, accessToken, from })).outcome;
}

test("who may do what on what is what the reviewed table says", async () => {
  const rows = Object.entries(cases).flatMap(([path, ways]) =>
    Object.entries(ways).map(([of, inputOf]) => ({ path, of, inputOf, outcomes: [] as string[] })),
  );
  const cells = rows.flatMap((row, y) => roles.map((role, x) => ({ row, role, x, from: `10.${y}.${x}.1` })));
  const fill = async ({ row, role, x, from }: (typeof cells)[number]) => {
    row.outcomes[x] = await outcomeOf(row.path, row.inputOf, role, from);
  };
  await inParallel(
    8,
    cells.filter(({ row }) => !ending.has(row.path)),
    fill,
  );
  await inParallel(
    1,
    cells.filter(({ row }) => ending.has(row.path)),
    fill,
  );

  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(accessTable(roles, rows)).toMatchFileSnapshot(TABLE);
});
