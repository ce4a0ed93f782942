import { createHash } from "node:crypto";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { inProcess, openResources } from "@helpdesk/server";
import { describe, expect, test } from "vitest";
import {
  aDeskIsOpen,
  aSecondPasses,
  ask,
  desk,
  done,
  exchange,
  exchanging,
  idOf,
  newKey,
  outcome,
  runtime,
  service,
} from "./desk.fixtures.ts";
import type { ApiKey, MadeKey } from "./view.ts";

aDeskIsOpen();

describe("a key", () => {
  test("is exchanged for a token that acts as its service, within both its scopes and its role", async () => {
    const scopes = ["user.read", "ticket.reply", "sla.manage"];
    const { key, owner } = await newKey({ ...service("agent"), scopes });
    const { accessToken, user, permissions } = await exchange(key);
    expect(user).toEqual({ id: owner.id, name: "Portal" });
    expect(permissions.toSorted()).toEqual(["ticket.reply", "user.read"]);
    const me = await done<{ id: string; permissions: string[]; isService: boolean }>(accessToken, "auth.me");
    expect(me).toMatchObject({ id: owner.id, isService: true });
    expect(me.permissions.toSorted()).toEqual(["ticket.reply", "user.read"]);
    expect(await outcome(accessToken, "users.list")).toBe("ok");
    expect(await outcome(accessToken, "tickets.list")).toBe("permission.denied");
    expect(await outcome(accessToken, "apiKeys.list")).toBe("permission.denied");
  });

  test("is told once: no list, no other answer and no row has it again", async () => {
    const { key, id, secrets } = await newKey({ scopes: [] });
    expect(key.startsWith(secrets[0]!.prefix)).toBe(true);
    const answers = [
      await ask(desk.tokens["sofia"]!, "apiKeys.list"),
      await ask(desk.tokens["sofia"]!, "apiKeys.get", { apiKeyId: id }),
    ];
    const secret = key.slice(-49, -6);
    for (const { text } of answers) {
      expect(text).toContain(secrets[0]!.prefix);
      expect(text).not.toContain(secret);
    }
    const rows = await desk.server.resources.sql`select * from api_key_secrets where api_key_id = ${id}`;
    expect(rows).toHaveLength(1);
    expect(rows[0]!["secret_hash"]).toBe(createHash("sha256").update(key).digest("hex"));
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test("of a person may no more than the person once their role is a lesser one", async () => {
    const { id: roleId } = await done<{ id: string }>(desk.tokens["sofia"]!, "roles.create", {
      key: "key_maker",
      name: "Key maker",
      permissions: ["api_key.manage", "user.read", "role.read"],
    });
    const omarId = await idOf("omar");
    const give = async (role: object) => {
      const { version } = await done<{ version: number }>(desk.tokens["sofia"]!, "users.get", {
        userId: omarId,
      });
      await done(desk.tokens["sofia"]!, "users.setRole", { userId: omarId, version, ...role });
      aSecondPasses();
    };
    await give({ roleId });
    const { key } = await newKey({ scopes: ["user.read", "role.read"] }, "omar");
    const { accessToken } = await exchange(key);
    expect(await outcome(accessToken, "roles.list")).toBe("ok");
    const { version } = (
      await done<{ id: string; version: number }[]>(desk.tokens["sofia"]!, "roles.list")
    ).find(({ id }) => id === roleId)!;
    await done(desk.tokens["sofia"]!, "roles.update", {
      roleId,
      version,
      permissions: ["api_key.manage", "user.read"],
    });
    aSecondPasses();
    expect(await outcome(accessToken, "roles.list")).toBe("permission.denied");
    expect(await outcome(accessToken, "users.list")).toBe("ok");
    await give({ roleKey: "admin" });
  });

  test("cannot be given more than its maker has, nor be changed to it", async () => {
    const beyond = { scopes: ["user.read", "role.manage"] };
    expect(await outcome(desk.tokens["omar"]!, "apiKeys.create", { name: "Portal", ...beyond })).toBe(
      "api_key.exceeds_own",
    );
    const { id: apiKeyId, version } = await newKey({ scopes: ["user.read"] }, "omar");
    const change = { apiKeyId, version };
    expect(await outcome(desk.tokens["omar"]!, "apiKeys.update", { ...change, ...beyond })).toBe(
      "api_key.exceeds_own",
    );
    expect(
      await outcome(desk.tokens["omar"]!, "apiKeys.update", { ...change, scopes: ["user.read", "sla.read"] }),
    ).toBe("ok");
  });

  test("that may manage roles makes none beyond its own scopes", async () => {
    const { key } = await newKey({ scopes: ["role.manage", "user.read"] });
    const { accessToken } = await exchange(key);
    const role = (permissions: string[]) => ({
      key: `r${desk.laterMs}${permissions.length}`,
      name: "R",
      permissions,
    });
    expect(await outcome(accessToken, "roles.create", role(["user.read", "ticket.note"]))).toBe(
      "role.exceeds_own",
    );
    expect(await outcome(accessToken, "roles.create", role(["user.read"]))).toBe("ok");
  });

  test("neither touches the account it acts as nor makes keys, whatever its scopes", async () => {
    const { key, id: apiKeyId, version } = await newKey({ scopes: ["api_key.manage", "user.read"] });
    const { accessToken } = await exchange(key);
    const needs = async (path: string, input?: unknown) =>
      expect([path, await outcome(accessToken, path, input)]).toEqual([path, "auth.session_required"]);
    await needs("auth.sessions");
    await needs("auth.signOut");
    await needs("auth.signOutEverywhere");
    await needs("auth.requestEmailVerification");
    await needs("auth.changePassword", { currentPassword: "x", newPassword: "a long and good password" });
    await needs("users.updateProfile", { version: 1, name: "Somebody else" });
    await needs("apiKeys.create", { name: "More", scopes: [] });
    await needs("apiKeys.rotate", { apiKeyId, version });
    await needs("apiKeys.revoke", { apiKeyId, version });
    expect(await outcome(accessToken, "apiKeys.list")).toBe("ok");
    expect(await outcome(desk.tokens["sofia"]!, "auth.sessions")).toBe("ok");
  });

  test("that is rotated works on for the overlap and no longer, while its new secret does", async () => {
    const { key: old, id: apiKeyId, version } = await newKey({ scopes: ["user.read"] });
    const { accessToken } = await exchange(old);
    const { key, secrets } = await done<MadeKey>(desk.tokens["sofia"]!, "apiKeys.rotate", {
      apiKeyId,
      version,
      overlapSeconds: 60,
    });
    expect(secrets).toHaveLength(2);
    expect(await exchanging(old)).toBe("ok");
    desk.laterMs += 61_000;
    expect(await exchanging(old)).toBe("auth.key_invalid");
    expect(await outcome(accessToken, "users.list")).toBe("auth.required");
    const fresh = await exchange(key);
    expect(await outcome(fresh.accessToken, "users.list")).toBe("ok");
  });

  test("of another person is rotated by nobody else, for whoever is told the secret could act as them", async () => {
    const { id: apiKeyId, version } = await newKey({ scopes: [] });
    expect(await outcome(desk.tokens["omar"]!, "apiKeys.rotate", { apiKeyId, version })).toBe(
      "api_key.owner_not_eligible",
    );
    expect(await outcome(desk.tokens["sofia"]!, "apiKeys.rotate", { apiKeyId, version })).toBe("ok");
  });

  test("is given no end that is over, made or rotated", async () => {
    const expiresAt = "2000-01-01T00:00:00.000Z";
    const refused = async (path: string, input: object) => {
      const { status, outcome, text } = await ask(desk.tokens["sofia"]!, path, { ...input, expiresAt });
      expect([path, status, outcome]).toEqual([path, 400, "input.invalid"]);
      expect(text).toContain('"path":["expiresAt"]');
    };
    await refused("apiKeys.create", { name: "Portal", scopes: [] });
    const { id: apiKeyId, version } = await newKey({ scopes: [] });
    await refused("apiKeys.rotate", { apiKeyId, version });
    expect(await outcome(desk.tokens["sofia"]!, "apiKeys.rotate", { apiKeyId, version })).toBe("ok");
  });

  test("shows every secret that still opens it, however often it was rotated, and of those that ended five at most", async () => {
    const { id: apiKeyId, ...made } = await newKey({ scopes: [] });
    let { version, secrets } = made;
    const rotate = async (overlapSeconds: number) => {
      ({ version, secrets } = await done<MadeKey>(desk.tokens["sofia"]!, "apiKeys.rotate", {
        apiKeyId,
        version,
        overlapSeconds,
      }));
    };
    for (let times = 0; times < 6; times++) await rotate(3_600);
    expect(secrets).toHaveLength(7);
    await rotate(0);
    aSecondPasses();
    const { items } = await done<{ items: ApiKey[] }>(desk.tokens["sofia"]!, "apiKeys.list");
    expect(items.find(({ id }) => id === apiKeyId)!.secrets).toHaveLength(5);
  });

  test("ends when it expires, a year on at the latest", async () => {
    const expiresAt = toInstant(toEpochMs(runtime.now()) + 90_000);
    const { key } = await newKey({ scopes: [], expiresAt });
    expect(await exchanging(key)).toBe("ok");
    desk.laterMs += 91_000;
    expect(await exchanging(key)).toBe("auth.key_invalid");
    const { secrets } = await newKey({ scopes: [], expiresAt: "2999-01-01T00:00:00.000Z" });
    expect(toEpochMs(secrets[0]!.expiresAt)).toBeLessThanOrEqual(toEpochMs(runtime.now()) + 365 * 86_400_000);
  });

  test("ends with its owner, and does not come back with them", async () => {
    const { key, owner } = await newKey({ ...service("agent"), scopes: ["user.read"] });
    const { accessToken } = await exchange(key);
    expect(await outcome(accessToken, "users.list")).toBe("ok");
    const put = async (path: string) => {
      const { version } = await done<{ version: number }>(desk.tokens["sofia"]!, "users.get", {
        userId: owner.id,
      });
      await done(desk.tokens["sofia"]!, path, { userId: owner.id, version });
      aSecondPasses();
    };
    await put("users.deactivate");
    expect(await outcome(accessToken, "users.list")).toBe("auth.required");
    await put("users.reactivate");
    expect(await exchanging(key)).toBe("auth.key_invalid");
  });

  test("shows when it was last used, at most a minute late", async () => {
    const { key, id } = await newKey({ scopes: ["user.read"] });
    const used = async () =>
      (await done<ApiKey>(desk.tokens["sofia"]!, "apiKeys.get", { apiKeyId: id })).secrets[0]!.lastUsedAt;
    expect(await used()).toBe(null);
    const { accessToken } = await exchange(key);
    await done(accessToken, "users.list");
    const first = await used();
    expect(first).not.toBe(null);
    aSecondPasses();
    await done(accessToken, "users.list");
    expect(await used()).toBe(first);
    desk.laterMs += 60_000;
    await done(accessToken, "users.list");
    expect(toEpochMs((await used())!)).toBeGreaterThanOrEqual(toEpochMs(first!) + 60_000);
  });
});

test("a key that is revoked is refused within a second by every process, and so are the tokens it was traded for", async () => {
  const second = await openResources(desk.server.resources.env, "second");
  try {
    const { key, id: apiKeyId, version } = await newKey({ scopes: ["user.read"] });
    const { accessToken } = await exchange(key);
    const there = () =>
      inProcess(second, { accessToken })
        .users.list()
        .then(
          () => "ok",
          (error: { cause?: { refusal?: { code: string } } }) => error.cause?.refusal?.code,
        );
    expect([await outcome(accessToken, "users.list"), await there()]).toEqual(["ok", "ok"]);
    await done(desk.tokens["sofia"]!, "apiKeys.revoke", { apiKeyId, version });
    // Real time: the other process has its own clock.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect([await outcome(accessToken, "users.list"), await there()]).toEqual([
      "auth.required",
      "auth.required",
    ]);
    expect(await exchanging(key)).toBe("auth.key_invalid");
  } finally {
    await second.close();
  }
});
