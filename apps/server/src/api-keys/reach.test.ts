import { expect, test } from "vitest";
import { aDeskIsOpen, aSecondPasses, desk, done, idOf, newKey, outcome } from "./desk.fixtures.ts";
import type { MadeKey } from "./view.ts";

interface Versioned {
  id: string;
  version: number;
}

aDeskIsOpen();

test("who manages keys and sees some departments reaches no others by a key: not by a new service, by one there is, or by its new secret", async () => {
  const sofia = desk.tokens["sofia"]!;
  const ben = desk.tokens["ben"]!;
  const benId = await idOf("ben");
  const [own, other] = await Promise.all(
    ["Reach of ours", "Reach of others"].map((name) =>
      done<Versioned>(sofia, "departments.create", { name, managerId: null }),
    ),
  );
  await done(sofia, "departments.setMembers", {
    departmentId: own!.id,
    version: own!.version,
    userIds: [benId],
  });
  const permissions = ["api_key.manage", "ticket.read_departments", "user.read"];
  const role = await done<Versioned>(sofia, "roles.create", { key: "keeper", name: "Keeper", permissions });
  const { version } = await done<Versioned>(sofia, "users.get", { userId: benId });
  await done(sofia, "users.setRole", { userId: benId, version, roleId: role.id });
  aSecondPasses();

  const scopes = ["ticket.read_departments"];
  const serviceIn = (...departmentIds: string[]) => ({
    name: "Reach",
    scopes,
    service: { name: "Reach", roleKey: "keeper", departmentIds },
  });
  const beyond = "api_key.exceeds_own";
  expect(await outcome(ben, "apiKeys.create", serviceIn(other!.id))).toBe(beyond);
  expect(await outcome(ben, "apiKeys.create", serviceIn(own!.id, other!.id))).toBe(beyond);
  const within = await done<MadeKey>(ben, "apiKeys.create", serviceIn(own!.id));

  const theirs = await newKey(serviceIn(other!.id));
  expect(await outcome(ben, "apiKeys.create", { name: "Theirs", scopes, ownerId: theirs.owner.id })).toBe(
    beyond,
  );
  expect(await outcome(ben, "apiKeys.create", { name: "Ours", scopes, ownerId: within.owner.id })).toBe("ok");
  const rotate = ({ id: apiKeyId, version }: MadeKey) =>
    outcome(ben, "apiKeys.rotate", { apiKeyId, version });
  expect(await rotate(theirs)).toBe(beyond);
  expect(await rotate(within)).toBe("ok");
});
