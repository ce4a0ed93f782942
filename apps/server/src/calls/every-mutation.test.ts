import { randomUUID } from "node:crypto";
import { demoAccounts } from "@helpdesk/db";
import { accessTokenOf, call, startServer, type TestServer } from "@helpdesk/testing/server";
import { type RightInputs, newId } from "@helpdesk/testing/tenant-wall";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type SignedIn, homesOf, rightInputs } from "../homes.fixtures.ts";
import { manifest } from "../manifest.ts";
import { sumsOf } from "../sums.fixtures.ts";

let server: TestServer;
let home: SignedIn;

beforeAll(async () => {
  server = await startServer();
  ({ lumen: home } = await homesOf(server));
});

afterAll(() => server[Symbol.asyncDispose]());

const { password } = demoAccounts.find(({ email }) => email.startsWith("sofia@"))!;
const gone = 2_147_483_647;

/** Mutations that take no ids. Some are refused for what they find: that is an answer too. */
const withoutIds: RightInputs = {
  "auth.requestEmailVerification": async () => ({}),
  "auth.streamTicket": async () => ({}),
  "exports.create": async () => ({}),
  "certificates.claim": async () => ({ key: "identity_verification" }),
  "fields.create": async () => ({ key: `f${newId().slice(0, 8)}`, kind: "text", name: newId() }),
  "mailTemplates.reset": async () => ({ key: "comment_added", version: gone }),
  "mailTemplates.set": async () => ({ key: "comment_added", version: 0, subject: newId(), body: newId() }),
  "notifications.markAllRead": async () => ({}),
  "notifications.setPreferences": async () => ({
    kinds: [{ kind: "mention", channel: "email", isEnabled: false }],
  }),
  "organization.update": async () => ({ version: gone }),
  "performance.listMe": async () => ({ isOnLeaderboard: true }),
  "roles.create": async () => ({ key: `r${newId().slice(0, 8)}`, name: newId(), permissions: ["user.read"] }),
  "scenarios.check": async () => ({ yaml: "schema: helpdesk.scenario/1" }),
  "scenarios.create": async () => ({ yaml: "schema: helpdesk.scenario/1" }),
  "sla.calendars.create": async () => ({
    name: newId(),
    timeZone: "Europe/Berlin",
    hours: { mon: [["09:00", "17:00"]] },
  }),
  "statuses.save": async () => ({
    version: gone,
    statuses: [
      { key: "a", name: "A", category: "open", color: "#000000", isDefault: true, next: ["b"] },
      { key: "b", name: "B", category: "resolved", color: "#000000", isDefault: false, next: ["a"] },
    ],
  }),
  "tags.create": async () => ({ name: newId() }),
  "users.updateProfile": async ({ act, ids }) => {
    const { version } = await act<{ version: number }>("users.get", { userId: ids["super_admin"] });
    return { version, timeZone: "Europe/Berlin" };
  },
  "views.rebuild": async () => ({}),
  "webhooks.create": async () => ({ name: newId(), url: "https://9.9.9.9/hook", eventKinds: ["*"] }),
  // The last: from then on the password is another.
  "auth.changePassword": async () => ({ currentPassword: password, newPassword: "Another-pass-2026!" }),
};

/** Those after which the caller is nobody: their answer cannot be given again to whom it was given. */
const signingOut: readonly string[] = ["auth.signOut", "auth.signOutEverywhere"];

const mutations = manifest()
  .filter(({ type, permission }) => type === "mutation" && permission !== "public")
  .map(({ path }) => path)
  .toSorted((a, b) => Number(a === "auth.changePassword") - Number(b === "auth.changePassword"));

test("each has an input here", () => {
  expect(mutations.length).toBeGreaterThan(60);
  const inputs = { ...rightInputs, ...withoutIds };
  expect(mutations.filter((path) => !inputs[path] && !signingOut.includes(path))).toEqual([]);
});

const told = new Map<string, string>();

test.for(mutations.filter((path) => !signingOut.includes(path)))(
  "%s sent again with its key is answered the same, and nothing in the organization changes",
  async (path) => {
    const input = await (withoutIds[path] ?? rightInputs[path])!(home);
    const sums = () => sumsOf(home.sql, home.ids["organization"]!);
    const send = (idempotencyKey: string) =>
      call(server.url, { path, type: "mutation", input, accessToken: home.accessToken, idempotencyKey });
    const key = randomUUID();
    const first = await send(key);
    told.set(path, first.outcome);
    const before = await sums();
    expect(await send(key)).toEqual(first);
    expect(await sums()).toEqual(before);
  },
);

test("all but the few that find nothing to do were done", () => {
  const refused = [...told]
    .filter(([, outcome]) => outcome !== "ok")
    .map(([path, outcome]) => `${path} ${outcome}`);
  expect(refused).toEqual([
    "certificates.claim certificate.not_earned",
    "mailTemplates.reset version.conflict",
    "organization.update version.conflict",
    "scenarios.create scenario.invalid",
    "statuses.save version.conflict",
  ]);
});

test.for(signingOut)("%s sent again is nobody's call, and changes nothing", async (path) => {
  const accessToken = await accessTokenOf(server.url, "omar");
  const send = () => call(server.url, { path, type: "mutation", accessToken, idempotencyKey: randomUUID() });
  expect((await send()).outcome).toBe("ok");
  const before = await sumsOf(home.sql, home.ids["organization"]!);
  await expect.poll(async () => (await send()).outcome).toBe("auth.required");
  expect((await sumsOf(home.sql, home.ids["organization"]!))["auth_sessions"]).toEqual(
    before["auth_sessions"],
  );
});
