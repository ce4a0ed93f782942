import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { systemRuntime } from "../runtime.ts";

let server: TestServer;
let laterMs = 0;
let sofia: HelpdeskApi, omar: HelpdeskApi, petra: HelpdeskApi, ben: HelpdeskApi, nora: HelpdeskApi;

beforeAll(async () => {
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({ runtime: { ...systemRuntime, now } });
  const api = async (name: string) => (await server.as(name)).api;
  [sofia, omar, petra, ben, nora] = [
    await api("sofia"),
    await api("omar"),
    await api("petra"),
    await api("ben"),
    await api("nora"),
  ];
});
afterAll(() => server[Symbol.asyncDispose]());

const forgetPrincipals = () => (laterMs += 1_000);

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

async function person(email: string) {
  const { items } = await sofia.users.list.query({ search: email });
  expect(items).toHaveLength(1);
  return items[0]!;
}

describe("lists of people", () => {
  test("page through everybody once, in order", async () => {
    const all = (await sofia.users.list.query({ limit: 100 })).items.map(({ email }) => email);
    expect(all).toHaveLength(12);
    expect(all).toEqual(all.toSorted());
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof sofia.users.list.query>> = await sofia.users.list.query({
        limit: 5,
        cursor,
      });
      paged.push(...page.items.map(({ email }) => email));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(all);
    expect(await codeOf(sofia.users.list.query({ cursor: "nonsense" }))).toBe("cursor.invalid");
  });

  test("filter by role and by the start of name or address; wildcards are plain text", async () => {
    expect((await ben.users.list.query({ role: "agent" })).items).toHaveLength(4);
    expect((await ben.users.list.query({ search: "YUKI" })).items.map(({ name }) => name)).toEqual([
      "Yuki Tanaka",
    ]);
    expect((await ben.users.list.query({ search: "%" })).items).toEqual([]);
    expect((await ben.users.list.query({ isActive: false })).items).toEqual([]);
  });

  test("are not for customers, nor across organizations", async () => {
    expect(await codeOf(nora.users.list.query({}))).toBe("permission.denied");
    const { id } = await person("ben@lumen.example");
    expect(await codeOf(nora.users.get.query({ userId: id }))).toBe("permission.denied");
    expect(await codeOf(petra.users.get.query({ userId: id }))).toBe("ok");
    const [foreign] = await server.resources.sql<{ id: string }[]>`
      select u.id from users u join organizations o on o.id = u.organization_id where o.slug <> 'demo' limit 1`;
    expect(await codeOf(sofia.users.get.query({ userId: foreign!.id }))).toBe("user.not_found");
    expect(await codeOf(sofia.users.deactivate.mutate({ userId: foreign!.id, version: 1 }))).toBe(
      "user.not_found",
    );
  });
});

describe("deactivating", () => {
  test("ends the person's sessions and signing in, until they are let in again", async () => {
    const { id, version } = await person("devon@lumen.example");
    const devon = (await server.as("devon")).api;
    expect(await codeOf(devon.auth.me.query())).toBe("ok");
    const out = await omar.users.deactivate.mutate({ userId: id, version });
    expect(out.deactivatedAt).not.toBeNull();
    forgetPrincipals();
    expect(await codeOf(devon.auth.me.query())).toBe("auth.required");
    const credentials = { organization: "demo", email: "devon@lumen.example", password: "Demo-pass-2026!" };
    expect(await codeOf(server.client().api.auth.signIn.mutate(credentials))).toBe(
      "auth.invalid_credentials",
    );

    await omar.users.reactivate.mutate({ userId: id, version: out.version });
    expect(await codeOf(devon.auth.me.query())).toBe("auth.required");
    expect(await codeOf(server.client().api.auth.signIn.mutate(credentials))).toBe("ok");
  });

  test("is refused for oneself, for those who may more, for a stale version, and to those who may not", async () => {
    const [self, above, agent] = [await person("omar@"), await person("sofia@"), await person("yuki@")];
    const target = ({ id, version }: { id: string; version: number }) => ({ userId: id, version });
    expect(await codeOf(omar.users.deactivate.mutate(target(self)))).toBe("user.is_self");
    expect(await codeOf(omar.users.deactivate.mutate(target(above)))).toBe("user.exceeds_own");
    expect(await codeOf(omar.users.deactivate.mutate({ userId: agent.id, version: agent.version + 1 }))).toBe(
      "version.conflict",
    );
    expect(await codeOf(petra.users.deactivate.mutate(target(agent)))).toBe("permission.denied");
  });

  test("of two who put each other out at once, one stays", async () => {
    const role = (await sofia.roles.list.query()).find(({ key }) => key === "admin")!;
    const marcus = await person("marcus@");
    await sofia.users.setRole.mutate({ userId: marcus.id, roleId: role.id, version: marcus.version });
    const other = (await server.as("marcus")).api;
    const [a, b] = [await person("omar@"), await person("marcus@")];
    const { sql } = server.resources;
    // Both requests get as far as the rows and wait there, so that they meet for certain.
    const answers = await sql.begin(async (held) => {
      await held`select 1 from users where id in (${a.id}, ${b.id}) for update`;
      const both = Promise.all([
        codeOf(omar.users.deactivate.mutate({ userId: b.id, version: b.version })),
        codeOf(other.users.deactivate.mutate({ userId: a.id, version: a.version })),
      ]);
      await vi.waitUntil(async () => {
        const [row] = await sql`select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        return row!["n"] === 2;
      });
      return { both };
    });
    expect((await answers.both).toSorted()).toEqual(["auth.required", "ok"]);
    const [left] = [await person("omar@"), await person("marcus@")].filter(
      ({ deactivatedAt }) => deactivatedAt !== null,
    );
    await sofia.users.reactivate.mutate({ userId: left!.id, version: left!.version });
  });
});

describe("roles", () => {
  test("are made, changed, given and deleted, and hold from the next request on", async () => {
    const role = await sofia.roles.create.mutate({
      key: "reader",
      name: "Reader",
      permissions: ["ticket.read_own"],
    });
    expect(await codeOf(sofia.roles.create.mutate({ key: "reader", name: "R", permissions: [] }))).toBe(
      "role.key_taken",
    );
    const tom = await person("tom@");
    const given = await sofia.users.setRole.mutate({
      userId: tom.id,
      roleKey: "reader",
      version: tom.version,
    });
    expect(given.role.key).toBe("reader");
    const api = (await server.as("tom")).api;
    expect(await codeOf(api.users.list.query({}))).toBe("permission.denied");

    const wider = await sofia.roles.update.mutate({
      roleId: role.id,
      version: 1,
      permissions: ["ticket.read_own", "user.read"],
    });
    expect(wider).toMatchObject({
      name: "Reader",
      version: 2,
      permissions: ["ticket.read_own", "user.read"],
    });
    forgetPrincipals();
    expect(await codeOf(api.users.list.query({}))).toBe("ok");
    expect(await codeOf(sofia.roles.update.mutate({ roleId: role.id, version: 1, name: "Late" }))).toBe(
      "version.conflict",
    );

    expect(await codeOf(sofia.roles.delete.mutate({ roleId: role.id, version: 2 }))).toBe("role.in_use");
    await sofia.users.setRole.mutate({ userId: tom.id, roleKey: "customer", version: given.version });
    expect(await codeOf(sofia.roles.delete.mutate({ roleId: role.id, version: 2 }))).toBe("ok");
    expect(await codeOf(sofia.roles.delete.mutate({ roleId: role.id, version: 2 }))).toBe("role.not_found");
  });

  test("that are built in stay as they are", async () => {
    const agent = (await sofia.roles.list.query()).find(({ key }) => key === "agent")!;
    const { id: roleId, version } = agent;
    expect(await codeOf(sofia.roles.update.mutate({ roleId, version, permissions: [] }))).toBe(
      "role.built_in",
    );
    expect(await codeOf(sofia.roles.delete.mutate({ roleId, version }))).toBe("role.built_in");
    expect((await sofia.roles.list.query()).find(({ key }) => key === "agent")).toEqual(agent);
  });

  test("beyond one's own cannot be made or given, the same within one's own can", async () => {
    await sofia.roles.create.mutate({
      key: "role_keeper",
      name: "Role keeper",
      permissions: ["role.read", "role.manage", "ticket.reply", "ticket.read_own"],
    });
    const lucas = await person("lucas@");
    await sofia.users.setRole.mutate({ userId: lucas.id, roleKey: "role_keeper", version: lucas.version });
    const keeper = (await server.as("lucas")).api;
    const amira = await person("amira@");
    const make = (key: string, permissions: ["ticket.reply" | "ticket.assign"]) =>
      codeOf(keeper.roles.create.mutate({ key, name: key, permissions }));
    expect(await make("replier", ["ticket.reply"])).toBe("ok");
    expect(await make("assigner", ["ticket.assign"])).toBe("role.exceeds_own");
    const give = (roleKey: string) =>
      codeOf(keeper.users.setRole.mutate({ userId: amira.id, roleKey, version: amira.version }));
    // Amira is a customer, who may open tickets: a keeper may not take that from her.
    expect(await give("replier")).toBe("user.exceeds_own");
    await sofia.users.setRole.mutate({ userId: amira.id, roleKey: "replier", version: amira.version });
    const { version } = await person("amira@");
    expect(
      await codeOf(keeper.users.setRole.mutate({ userId: amira.id, roleKey: "super_admin", version })),
    ).toBe("role.exceeds_own");
    expect(
      await codeOf(keeper.users.setRole.mutate({ userId: lucas.id, roleKey: "replier", version: 2 })),
    ).toBe("user.is_self");
    expect(
      await codeOf(keeper.users.setRole.mutate({ userId: amira.id, roleKey: "role_keeper", version })),
    ).toBe("ok");
  });

  test("are not for managers to change, nor for agents to see", async () => {
    expect(await codeOf(petra.roles.list.query())).toBe("ok");
    expect(await codeOf(petra.roles.create.mutate({ key: "mine", name: "Mine", permissions: [] }))).toBe(
      "permission.denied",
    );
    expect(await codeOf(ben.roles.list.query())).toBe("permission.denied");
  });
});

describe("one's own profile", () => {
  test("changes what is given and keeps the rest", async () => {
    const before = await ben.auth.me.query();
    const { version } = before;
    const changed = await ben.users.updateProfile.mutate({
      version,
      name: "Ben O.",
      timeZone: "Asia/Tokyo",
      phone: "+1 555 0100",
      preferences: { theme: "dark", "list.size": 50, sound: false },
    });
    expect(changed).toEqual({
      ...before,
      version: version + 1,
      name: "Ben O.",
      timeZone: "Asia/Tokyo",
      phone: "+1 555 0100",
      preferences: { theme: "dark", "list.size": 50, sound: false },
    });
    expect((await ben.users.updateProfile.mutate({ version: version + 1, phone: null })).phone).toBeNull();
    expect(await codeOf(ben.users.updateProfile.mutate({ version, name: "Too late" }))).toBe(
      "version.conflict",
    );
  });

  test.each([
    { timeZone: "Mars/Olympus" },
    { locale: "not a locale" },
    { name: " " },
    { name: "a\u0000b" },
    { preferences: { a: "\u0000" } },
    { preferences: { a: { b: 1 } } },
  ])("takes no %j", async (input) => {
    const { version } = await ben.auth.me.query();
    expect(await codeOf(ben.users.updateProfile.mutate({ version, ...input } as never))).toBe(
      "input.invalid",
    );
  });
});
