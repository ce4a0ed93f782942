import { type HelpdeskApi, createHelpdeskClient } from "@helpdesk/client";
import { type UserActor, permissionSet } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { News } from "../notifications/on-mine.ts";
import type { ViewChange } from "../views/on-change.ts";
import { reading } from "./reading.fixtures.ts";
import { Standings } from "./standings.ts";

let server: TestServer;
let sofia: HelpdeskApi;

beforeAll(async () => {
  server = await startServer();
  sofia = (await server.as("sofia")).api;
});
afterAll(() => server[Symbol.asyncDispose]());

const newsOf = (api: HelpdeskApi) =>
  reading<News>((handlers) => api.notifications.onMine.subscribe(undefined, handlers));

async function actorOf(name: string): Promise<UserActor> {
  const [row] = await server.resources.sql<{ userId: string; organizationId: string; id: string }[]>`
    select s.id, s.user_id as "userId", s.organization_id as "organizationId"
    from auth_sessions s join users u on u.organization_id = s.organization_id and u.id = s.user_id
    where u.email like ${`${name}@%`} and s.revoked_at is null limit 1`;
  const { userId, organizationId, id } = row!;
  return (await server.resources.principals.actorBehind({
    userId,
    organizationId,
    authSessionId: id,
    via: null,
  }))!;
}

test("the rights of 300 sign-ins are read together, and those that ended lose their streams", async () => {
  await server.as("ben");
  const ben = await actorOf("ben");
  const { sql, principals, log } = server.resources;
  const sessions = await sql<{ id: string }[]>`
    insert into auth_sessions (organization_id, id, user_id, created_at, last_used_at, expires_at)
    select ${ben.organizationId}, gen_random_uuid(), ${ben.userId}, now(), now(), now() + interval '1 day'
    from generate_series(1, 300) returning id`;
  const alone = vi.spyOn(principals, "actorBehind");
  const together = vi.spyOn(principals, "actorsBehind");
  const standings = new Standings(principals, log);
  const ended = new Map<string, string>();
  const undo = sessions.map(({ id }) =>
    standings.watch({
      actor: { ...ben, authSessionId: id },
      access: "ticket.note",
      change: () => ended.set(id, "changed"),
      end: ({ code }) => ended.set(id, code),
    }),
  );
  await vi.waitFor(() => expect(together).toHaveBeenCalled(), 5_000);
  await together.mock.results[0]!.value;
  expect(together.mock.calls[0]![0]).toHaveLength(300);
  expect(ended.size).toBe(0);

  const out = sessions.slice(0, 150).map(({ id }) => id);
  await sql`
    update auth_sessions set revoked_at = now(), revoked_reason = 'signed_out' where id = any(${out}::uuid[])`;
  await vi.waitFor(() => expect(ended.size).toBe(150), 5_000);
  expect(ended).toEqual(new Map(out.map((id) => [id, "auth.required"])));
  expect(alone).not.toHaveBeenCalled();
  for (const each of undo) each();
  vi.restoreAllMocks();
});

test("of many at once the same is said as of each alone: sign-ins, keys, a person who is acted for, and what has ended", async () => {
  const { principals, sql } = server.resources;
  await Promise.all(["ben", "nora", "carla"].map((name) => server.as(name)));
  const signedIn = await Promise.all(["ben", "nora", "carla", "sofia"].map(actorOf));
  const { key } = await sofia.apiKeys.create.mutate({
    name: "Reader",
    scopes: ["ticket.note", "ticket.read_departments"],
    service: { name: "Reader", roleKey: "agent" },
  });
  await server.client().api.auth.exchangeKey.mutate({ key });
  const [secret] = await sql<{ secretId: string; ownerId: string; organizationId: string }[]>`
    select s.id as "secretId", k.owner_id as "ownerId", k.organization_id as "organizationId"
    from api_key_secrets s join api_keys k on k.organization_id = s.organization_id and k.id = s.api_key_id
    where k.name = 'Reader'`;
  const { secretId, ownerId, organizationId } = secret!;
  const byKey = (userId: string) => ({ userId, organizationId, authSessionId: null, via: { secretId } });
  const [ben, nora] = signedIn;
  const all = [
    ...signedIn,
    byKey(ownerId),
    byKey(nora!.userId),
    byKey(crypto.randomUUID()),
    { ...ben!, authSessionId: nora!.authSessionId },
    { ...ben!, authSessionId: null },
    { ...ben!, organizationId: crypto.randomUUID() },
    { ...byKey(ownerId), via: { secretId: crypto.randomUUID() } },
  ];
  const alone = await Promise.all(all.map((each) => principals.actorBehind(each)));
  expect(await principals.actorsBehind(all)).toEqual(alone);
  expect(alone.slice(0, 5)).not.toContain(null);
  expect(alone.slice(6)).toEqual([null, null, null, null, null]);
  expect(alone[4]!.permissions).toEqual(permissionSet(["ticket.note", "ticket.read_departments"]));
});

test("a stream of an API key ends when the key is revoked, and one of another key goes on", async () => {
  const make = (name: string) =>
    sofia.apiKeys.create.mutate({
      name,
      scopes: ["ticket.note", "ticket.read_departments"],
      service: { name, roleKey: "agent" },
    });
  const [gone, kept] = [await make("Gone"), await make("Kept")];
  const [goes, stays] = [gone, kept].map(({ key }) => {
    const { api } = createHelpdeskClient({ url: server.url, credentials: { apiKey: key } });
    return reading<ViewChange>((handlers) => api.views.onChange.subscribe({ viewId: "all_open" }, handlers));
  });
  await goes!.until(({ length }) => length > 0);
  await stays!.until(({ length }) => length > 0);
  await sofia.apiKeys.revoke.mutate({ apiKeyId: gone.id, version: gone.version });
  expect(await goes!.ended()).toMatch(/^(auth\.required|api_key\.invalid)$/);
  const { id } = await sofia.tickets.open.mutate({ title: "Still read", description: "" });
  await stays!.until((all) => all.some(({ changed }) => changed.some((ticket) => ticket.id === id)));
  stays!.stop();
});

test("a demoted person's stream ends for the right that they lost, and a colleague's goes on", async () => {
  const [omars, petras] = await Promise.all(
    ["omar", "petra"].map(async (name) => {
      const { api } = await server.as(name);
      const stream = reading<ViewChange>((handlers) =>
        api.views.onChange.subscribe({ viewId: "all_open" }, handlers),
      );
      await stream.until(({ length }) => length > 0);
      return stream;
    }),
  );
  const people = (await sofia.users.list.query({ limit: 100 })).items;
  const omar = people.find(({ email }) => email.startsWith("omar@"))!;
  await sofia.users.setRole.mutate({ userId: omar.id, version: omar.version, roleKey: "customer" });
  expect(await omars!.ended()).toBe("permission.denied");
  const { id } = await sofia.tickets.open.mutate({ title: "Still watched", description: "" });
  await petras!.until((all) => all.some(({ changed }) => changed.some((ticket) => ticket.id === id)));
  petras!.stop();
});

test("an organization has half of a process's streams at most, and leaves the others to the rest", async () => {
  const actor = await actorOf("nora");
  const { realtime, runtime } = server.resources;
  const open = (userId: string) =>
    realtime.listen({ actor: { ...actor, userId }, access: "signed_in", signal: undefined }, []);
  const people = Array.from({ length: 25 }, () => runtime.newId());
  const others = await Promise.all(people.flatMap((id) => Array.from({ length: 100 }, () => open(id))));
  expect(await newsOf((await server.as("carla")).api).ended()).toBe("stream.limit_reached");
  const ingrids = newsOf((await server.as("ingrid")).api);
  await ingrids.until(({ length }) => length > 0);
  ingrids.stop();
  for (const other of others) other[Symbol.dispose]();
});

test("a person has a hundred streams on a process and no more, and another when one of them is over", async () => {
  const nora = (await server.as("nora")).api;
  const actor = await actorOf("nora");
  const { realtime } = server.resources;
  const others = await Promise.all(
    Array.from({ length: 100 }, () => realtime.listen({ actor, access: "signed_in", signal: undefined }, [])),
  );
  expect(await newsOf(nora).ended()).toBe("stream.limit_reached");
  const carlas = newsOf((await server.as("carla")).api);
  await carlas.until(({ length }) => length > 0);
  carlas.stop();
  others.pop()![Symbol.dispose]();
  const next = newsOf(nora);
  await next.until(({ length }) => length > 0);
  next.stop();
  for (const each of others) each[Symbol.dispose]();
});
