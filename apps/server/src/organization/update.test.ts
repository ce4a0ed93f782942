import { isRefusal } from "@helpdesk/client";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

test("an organization's zone and language change, the other settings stay, and who is invited from then on starts with them", async () => {
  await using server = await startServer();
  const [{ api: omar }, { api: ben }] = [await server.as("omar"), await server.as("ben")];
  const before = await omar.organization.get.query();
  const wanted = { version: before.version, timeZone: "Asia/Tokyo", locale: "ja" };
  expect(before).not.toMatchObject({ timeZone: wanted.timeZone });
  const refused = await ben.organization.update.mutate(wanted).catch((error: unknown) => error);
  expect(isRefusal(refused) && refused.data.refusal.code).toBe("permission.denied");
  for (const wrong of [{ timeZone: "Mars/Olympus" }, { locale: "no language" }]) {
    const error = await omar.organization.update.mutate({ ...wanted, ...wrong }).catch((e: unknown) => e);
    expect(isRefusal(error) && error.data.refusal.code).toBe("input.invalid");
  }

  const after = await omar.organization.update.mutate(wanted);
  const { version, updatedAt } = after;
  expect(after).toEqual({ ...before, ...wanted, version, updatedAt });
  expect(version).toBe(before.version + 1);
  expect(await ben.organization.get.query()).toEqual(after);
  const invited = { email: "new@lumen.example", name: "New", roleKey: "agent" };
  expect(await omar.users.invite.mutate(invited)).toMatchObject({ timeZone: "Asia/Tokyo", locale: "ja" });
  // Whoever was there before keeps their own.
  expect((await ben.auth.me.query()).timeZone).not.toBe("Asia/Tokyo");
  // Reads that count days in the organization's zone take it.
  expect((await ben.performance.leaderboard.query({ period: "month" })).items).toBeDefined();
});
