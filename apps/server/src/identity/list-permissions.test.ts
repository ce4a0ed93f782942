import { isRefusal } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

test("the permission list says what may be given, and just that can be put into a role", async () => {
  let laterMs = 0;
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  await using server = await startServer({ runtime: { ...systemRuntime, now } });
  const [{ api: sofia }, { api: petra }, { api: nora }] = await Promise.all([
    server.as("sofia"),
    server.as("petra"),
    server.as("nora"),
  ]);
  const all = await sofia.roles.permissions.query();
  expect(all.every(({ canGive, meaning }) => canGive && meaning.length > 0)).toBe(true);
  for (const role of (await sofia.roles.list.query()).filter(({ isBuiltIn }) => isBuiltIn)) {
    const listed = all.filter(({ builtInRoles }) => builtInRoles.includes(role.key)).map(({ key }) => key);
    expect(listed.toSorted(), role.key).toEqual(role.permissions.toSorted());
  }
  expect(await codeOf(nora.roles.permissions.query())).toBe("permission.denied");

  const keeper = await sofia.roles.create.mutate({
    key: "keeper",
    name: "Keeper",
    permissions: ["role.read", "role.manage", "tag.manage"],
  });
  const { id } = await petra.auth.me.query();
  const { version } = await sofia.users.get.query({ userId: id });
  await sofia.users.setRole.mutate({ userId: id, version, roleId: keeper.id });
  laterMs += 1_000;
  const given = (await petra.roles.permissions.query()).filter(({ canGive }) => canGive);
  expect(given.map(({ key }) => key).toSorted()).toEqual(["role.manage", "role.read", "tag.manage"]);
  const make = (key: string, permissions: ("tag.manage" | "macro.manage")[]) =>
    codeOf(petra.roles.create.mutate({ key, name: key, permissions }));
  expect(await make("tags", ["tag.manage"])).toBe("ok");
  expect(await make("macros", ["macro.manage"])).toBe("role.exceeds_own");
});
