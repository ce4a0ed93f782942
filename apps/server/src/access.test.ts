import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases, self } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "./manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

/** Some nouns have tables of their own, beside them. */
const together: Record<string, string> = {
  erasures: "erasure",
  helpCenter: "knowledge",
  kbArticles: "knowledge",
  kbCategories: "knowledge",
  mailAddresses: "inbound-mails",
};
const folderOf = (noun: string) =>
  together[noun] ?? noun.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const hasOwn = (noun: string) => existsSync(new URL(`${folderOf(noun)}/access.test.ts`, import.meta.url));
const procedures = manifest().filter(({ path }) => !hasOwn(path.split(".")[0]!));

let table: AccessTable;
const idOf = (name: string): string => table.idOf(name);
const asSofia = <T>(path: string, input: unknown): Promise<T> => table.asSofia(path, input);

beforeAll(async () => {
  table = await AccessTable.start(manifest());
});

afterAll(() => table.server[Symbol.asyncDispose]());

interface Person {
  id: string;
  version: number;
}

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

/** Her capacity in a department that she becomes a member of. */
async function ofYuki({ id: departmentId, version: made }: Person) {
  const userId = idOf("yuki");
  const input = { departmentId, version: made, userIds: [userId] };
  const { version } = await asSofia<Person>("departments.setMembers", input);
  return { departmentId, version, userId, capacity: 3 };
}

const newRole = () => ({
  key: `r${randomUUID().replaceAll("-", "")}`,
  name: "For the table",
  permissions: ["user.read"],
});
/** Makes a thing as the super admin, and calls on it and on none. */
const onThings = (
  kind: string,
  path: string,
  newInput: () => object,
  inputOf: (thing: { id: string; version: number }) => object,
): Cases => ({
  [`a ${kind} of the organization`]: async () => inputOf(await asSofia(path, newInput())),
  [`no ${kind} there is`]: () => inputOf({ id: randomUUID(), version: 1 }),
});
const newTag = () => ({ name: `t${randomUUID()}` });
const newMacro = () => ({ name: `m${randomUUID()}`, actions: { note: "For the table" } });
const always = (input?: unknown): Cases => ({ "": () => input });
const onNotifications: Cases = {
  "one's own": async (role) => {
    const notificationId = randomUUID();
    await table.server.resources.sql`
      insert into notifications (organization_id, id, user_id, kind, created_at)
      select organization_id, ${notificationId}, id, 'mention', created_at from users where id = ${idOf(self(role))}`;
    return { notificationId };
  },
  "somebody else's": () => ({ notificationId: idOf("notification of yuki@lumen.example") }),
  "of another organization": () => ({ notificationId: idOf("notification of erik@northwind.example") }),
  "that is not there": () => ({ notificationId: randomUUID() }),
};
const password = "Another-pass-2026!";

const cases: Record<string, Cases> = {
  "auth.acceptInvitation": always({ token: "x", password }),
  "auth.changePassword": always({ currentPassword: "not this", newPassword: password }),
  "auth.exchangeKey": always({ key: "x" }),
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
  "auth.streamTicket": always(),
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
  "departments.setMemberCapacity": {
    ...onDepartments(({ id, version }) => ({ departmentId: id, version, userId: idOf("yuki"), capacity: 3 })),
    "that petra manages": async () => ofYuki(await department(idOf("petra"))),
    "that nobody manages": async () => ofYuki(await department()),
  },
  "departments.workload": onDepartments(({ id }) => ({ departmentId: id })),
  "departments.update": onDepartments(({ id, version }) => ({
    departmentId: id,
    version,
    description: "Changed",
  })),
  "macros.create": { "": newMacro },
  "macros.delete": onThings("macro", "macros.create", newMacro, ({ id, version }) => ({
    macroId: id,
    version,
  })),
  "macros.list": always(),
  "macros.update": onThings("macro", "macros.create", newMacro, ({ id, version }) => ({
    macroId: id,
    version,
    isActive: false,
  })),
  "notifications.list": always({}),
  "notifications.markAllRead": always(),
  "notifications.markRead": onNotifications,
  "notifications.markTicketRead": {
    "of one's own organization": () => ({ ticketId: idOf("ticket of tom@tallpines.example") }),
    "that is not there": () => ({ ticketId: randomUUID() }),
  },
  "notifications.markUnread": onNotifications,
  "notifications.onMine": always({}),
  "notifications.preferences": always(),
  "notifications.setPreferences": always({}),
  "notifications.unreadByKind": always(),
  "notifications.unreadCount": always(),
  "organization.get": always(),
  "organization.update": { "of a version that is gone": () => ({ version: 2_147_483_647 }) },
  "ratings.look": always({ token: "x" }),
  "ratings.rate": always({ token: "x", score: "good" }),
  "roles.create": {
    "within one's own rights": newRole,
  },
  "roles.delete": onRoles(({ id, version }) => ({ roleId: id, version })),
  "roles.list": always(),
  "roles.permissions": always(),
  "roles.update": onRoles(({ id, version }) => ({ roleId: id, version, name: "Renamed" })),
  "statuses.list": always(),
  "statuses.save": {
    "of a version that is gone": () => ({
      version: 2_147_483_647,
      statuses: [
        { key: "a", name: "A", category: "open", color: "#000000", isDefault: true, next: ["b"] },
        { key: "b", name: "B", category: "resolved", color: "#000000", isDefault: false, next: ["a"] },
      ],
    }),
  },
  "tags.create": { "": newTag },
  "tags.delete": onThings("tag", "tags.create", newTag, ({ id, version }) => ({ tagId: id, version })),
  "tags.list": always(),
  "tags.rename": onThings("tag", "tags.create", newTag, ({ id, version }) => ({
    tagId: id,
    version,
    ...newTag(),
  })),
  "users.deactivate": onPeople(({ id, version }) => ({ userId: id, version })),
  "users.get": onPeople(({ id }) => ({ userId: id })),
  "users.invite": {
    "a customer": () => ({ name: "New", email: `${randomUUID()}@table.example`, roleKey: "customer" }),
    "an admin": () => ({ name: "New", email: `${randomUUID()}@table.example`, roleKey: "admin" }),
    "a super admin": () => ({ name: "New", email: `${randomUUID()}@table.example`, roleKey: "super_admin" }),
  },
  "users.list": always({}),
  "users.reactivate": onPeople(({ id, version }) => ({ userId: id, version })),
  "users.resendInvitation": onPeople(({ id }) => ({ userId: id })),
  "users.setAvailability": {
    ...onPeople(({ id: userId }) => ({ userId, isAvailable: true })),
    "a member of a department that petra manages": () => ({ userId: idOf("yuki"), isAvailable: true }),
  },
  "users.setRole": onPeople(({ id, version }) => ({ userId: id, version, roleKey: "agent" })),
  "users.updateProfile": {
    oneself: async (role) => {
      const { version } = await asSofia<Person>("users.get", { userId: idOf(self(role)) });
      return { version, timeZone: "Europe/Berlin" };
    },
  },
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases, ["auth.signOut", "auth.signOutEverywhere"])).toMatchFileSnapshot(
    TABLE,
  );
});
