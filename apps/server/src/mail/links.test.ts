import { isRefusal } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { MailSink, type Received, tokenIn } from "./sink.fixtures.ts";
import { startWorker } from "../worker/start.ts";

const oldPassword = "Demo-pass-2026!";
const newPassword = "a quiet green river";

let server: TestServer;
let stopWorker: () => Promise<void>;
let laterMs = 0;
let sink: MailSink;

beforeAll(async () => {
  sink = await MailSink.open({ only: /#token=/ });
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({
    runtime: { ...systemRuntime, now },
    env: { SMTP_URL: sink.url, PUBLIC_URL: "https://help.example/" },
  });
  stopWorker = await startWorker(server.resources);
});
afterAll(async () => {
  await stopWorker();
  await server[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});
afterEach(() => {
  sink.inbox = [];
  sink.failures = 0;
});

const api = () => server.client().api;
const signIn = (email: string, password: string) =>
  api().auth.signIn.mutate({ organization: "demo", email, password });

async function mailTo(email: string): Promise<Received & { token: string }> {
  const find = () => sink.inbox.find(({ to }) => to === email);
  const found = (await vi.waitUntil(find))!;
  return { ...found, token: tokenIn(found) };
}

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

/** Resolves when every job is done. */
const idle = () =>
  vi.waitUntil(async () => {
    const [row] = await server.resources
      .sql`select count(*)::int as n from pgboss.job where state < 'completed'`;
    return row!["n"] === 0;
  });

describe("a forgotten password", () => {
  test("is set anew by the mailed link, once, and every session ends", async () => {
    const email = "ben@lumen.example";
    const { refreshToken } = await signIn(email, oldPassword);
    expect(await api().auth.requestPasswordReset.mutate({ organization: "demo", email })).toBeNull();
    const { token, mail } = await mailTo(email);
    expect(mail.text).toContain("https://help.example/reset-password#token=");
    expect(mail.subject).toMatch(/^Set a new password for Lumen/);

    const input = { token, newPassword };
    expect(await codeOf(api().auth.resetPassword.mutate({ ...input, newPassword: "Password123!" }))).toBe(
      "auth.password_weak",
    );
    const uses = await Promise.all(
      Array.from({ length: 5 }, () => codeOf(api().auth.resetPassword.mutate(input))),
    );
    expect(uses.toSorted()).toEqual([...Array<string>(4).fill("auth.link_invalid"), "ok"]);
    expect(await codeOf(api().auth.resetPassword.mutate(input))).toBe("auth.link_invalid");

    expect(await codeOf(api().auth.refresh.mutate({ refreshToken }))).toBe("auth.refresh_invalid");
    expect(await codeOf(signIn(email, oldPassword))).toBe("auth.invalid_credentials");
    expect((await signIn(email, newPassword)).user.emailVerifiedAt).not.toBeNull();
  });

  test("of nobody is answered the same and mails nobody", async () => {
    const { sql } = server.resources;
    await sql`update users set deactivated_at = '2026-01-01' where email = 'devon@lumen.example'`;
    for (const email of ["nobody@lumen.example", "devon@lumen.example", "amira@studiomira.example"]) {
      expect(await api().auth.requestPasswordReset.mutate({ organization: "demo", email })).toBeNull();
    }
    expect(
      await api().auth.requestPasswordReset.mutate({ organization: "nowhere", email: "x@lumen.example" }),
    ).toBeNull();
    await mailTo("amira@studiomira.example");
    await idle();
    expect(sink.inbox).toHaveLength(1);
  });

  test("can be asked for five times, then has to wait, whether there is anybody or not", async () => {
    laterMs += 3_600_000;
    for (const email of ["nobody-else@lumen.example", "lucas@portside.example"]) {
      laterMs += 901_000;
      const ask = () => codeOf(api().auth.requestPasswordReset.mutate({ organization: "demo", email }));
      const answers = [await ask(), await ask(), await ask(), await ask(), await ask(), await ask()];
      expect(answers).toEqual(["ok", "ok", "ok", "ok", "ok", "auth.throttled"]);
    }
    laterMs += 901_000;
  });

  test("has only its last link open, and none for long", async () => {
    const email = "carla@lumen.example";
    const ask = () => api().auth.requestPasswordReset.mutate({ organization: "demo", email });
    await ask();
    const first = await mailTo(email);
    sink.inbox = [];
    await ask();
    const second = await mailTo(email);
    expect(await codeOf(api().auth.resetPassword.mutate({ token: first.token, newPassword }))).toBe(
      "auth.link_invalid",
    );
    laterMs += 3_601_000;
    expect(await codeOf(api().auth.resetPassword.mutate({ token: second.token, newPassword }))).toBe(
      "auth.link_invalid",
    );
    laterMs -= 3_601_000;
    expect(await codeOf(api().auth.resetPassword.mutate({ token: second.token, newPassword }))).toBe("ok");
    laterMs += 3_601_000;
  });

  test("is mailed again when the mail server was not there, with a link that works", async () => {
    sink.failures = 1;
    const email = "yuki@lumen.example";
    await api().auth.requestPasswordReset.mutate({ organization: "demo", email });
    const { token } = await mailTo(email);
    expect(await codeOf(api().auth.resetPassword.mutate({ token, newPassword }))).toBe("ok");
  });
});

test("no token of a link is stored anywhere, its hash is", async () => {
  const email = "nora@brightbakery.example";
  await api().auth.requestPasswordReset.mutate({ organization: "demo", email });
  const { token } = await mailTo(email);
  const rows = await server.resources.sql`
    select row_to_json(t)::text as row from auth_tokens t union all select row_to_json(j)::text from pgboss.job j`;
  const dump = rows.map(({ row }) => row as string).join("\n");
  expect(dump).not.toContain(token.split(".")[1]);
  const { sha256 } = await import("../identity/tokens.ts");
  expect(dump).toContain(sha256(token));
});

test("an address is verified by its mailed link, once, and only for its purpose", async () => {
  await server.resources.sql`update users set email_verified_at = null where email = 'omar@lumen.example'`;
  const omar = (await server.as("omar")).api;
  await omar.auth.requestEmailVerification.mutate();
  const { token } = await mailTo("omar@lumen.example");
  expect(await codeOf(api().auth.resetPassword.mutate({ token, newPassword }))).toBe("auth.link_invalid");
  expect((await omar.auth.me.query()).emailVerifiedAt).toBeNull();
  expect(await codeOf(api().auth.verifyEmail.mutate({ token }))).toBe("ok");
  expect((await omar.auth.me.query()).emailVerifiedAt).not.toBeNull();
  expect(await codeOf(api().auth.verifyEmail.mutate({ token }))).toBe("auth.link_invalid");
  sink.inbox = [];
  expect(await omar.auth.requestEmailVerification.mutate()).toBeNull();
  await idle();
  expect(sink.inbox).toEqual([]);
});

describe("an invitation", () => {
  test("leads from the mail to a first sign-in with role and department", async () => {
    const petra = (await server.as("petra")).api;
    const department = (await petra.auth.me.query()).departments[0]!;
    const email = "ines@lumen.example";
    const invited = await petra.users.invite.mutate({
      email: "Ines@Lumen.example",
      name: "Ines <b>Keller</b>",
      roleKey: "agent",
      departmentIds: [department.id],
    });
    expect(invited).toMatchObject({ email, hasPassword: false, departments: [department] });
    const { token, mail } = await mailTo(email);
    expect(mail.html).toContain("Hello Ines &lt;b&gt;Keller&lt;/b&gt;,");
    expect(await codeOf(signIn(email, newPassword))).toBe("auth.invalid_credentials");
    const accepted = await api().auth.acceptInvitation.mutate({
      token,
      name: "Ines Keller",
      password: newPassword,
    });
    expect(accepted).toEqual({ organization: "demo", email });
    const { user } = await signIn(email, newPassword);
    expect(user).toMatchObject({ name: "Ines Keller", role: { key: "agent" }, departments: [department] });
    expect(user.emailVerifiedAt).not.toBeNull();
    expect(await codeOf(api().auth.acceptInvitation.mutate({ token, password: newPassword }))).toBe(
      "auth.link_invalid",
    );
  });

  test("is refused for a taken address, an unknown role or department, a role beyond one's own, and to agents; then nothing is mailed", async () => {
    const petra = (await server.as("petra")).api;
    const valid = { email: "new@lumen.example", name: "New", roleKey: "agent" };
    expect(await codeOf(petra.users.invite.mutate({ ...valid, email: "ben@lumen.example" }))).toBe(
      "user.email_taken",
    );
    expect(await codeOf(petra.users.invite.mutate({ ...valid, roleKey: "nothing" }))).toBe("role.not_found");
    expect(await codeOf(petra.users.invite.mutate({ ...valid, roleKey: "admin" }))).toBe("role.exceeds_own");
    const departmentIds = [systemRuntime.newId()];
    expect(await codeOf(petra.users.invite.mutate({ ...valid, departmentIds }))).toBe("department.not_found");
    const yuki = api();
    expect(await codeOf(yuki.users.invite.mutate(valid))).toBe("auth.required");
    const nora = (await server.as("nora")).api;
    expect(await codeOf(nora.users.invite.mutate(valid))).toBe("permission.denied");
    await idle();
    expect(sink.inbox).toEqual([]);
    expect(await codeOf(petra.users.invite.mutate(valid))).toBe("ok");
    await mailTo(valid.email);
  });

  test("is mailed again, ends the one before, and is for nobody who needs none", async () => {
    const petra = (await server.as("petra")).api;
    const email = "lost@lumen.example";
    const { id: userId } = await petra.users.invite.mutate({ email, name: "Lost", roleKey: "agent" });
    const first = await mailTo(email);
    sink.inbox = [];
    expect(await petra.users.resendInvitation.mutate({ userId })).toMatchObject({ id: userId, email });
    await mailTo(email);
    const accept = (by: string) =>
      codeOf(api().auth.acceptInvitation.mutate({ token: by, password: newPassword }));
    expect(await accept(first.token)).toBe("auth.link_invalid");
    const again = (id: string) => codeOf(petra.users.resendInvitation.mutate({ userId: id }));
    for (let sent = 1; sent < 5; sent++) expect(await again(userId)).toBe("ok");
    expect(await again(userId)).toBe("auth.throttled");
    laterMs += 901_000;
    await idle();
    sink.inbox = [];
    expect(await again(userId)).toBe("ok");
    expect(await accept((await mailTo(email)).token)).toBe("ok");
    expect(await again(userId)).toBe("user.not_invitable");
    const [devon] = await server.resources.sql`select id from users where email = 'devon@lumen.example'`;
    expect(await again(devon!["id"] as string)).toBe("user.not_invitable");
  });
});

test("changing one's password ends one's other sessions and keeps this one", async () => {
  const email = "sofia@lumen.example";
  const other = await signIn(email, oldPassword);
  const sofia = (await server.as("sofia")).api;
  const change = (currentPassword: string, password: string) =>
    codeOf(sofia.auth.changePassword.mutate({ currentPassword, newPassword: password }));
  expect(await change("not the one", newPassword)).toBe("auth.password_incorrect");
  expect(await change(oldPassword, "Sofia Lindqvist")).toBe("auth.password_weak");
  expect(await change(oldPassword, newPassword)).toBe("ok");
  expect(await codeOf(api().auth.refresh.mutate({ refreshToken: other.refreshToken }))).toBe(
    "auth.refresh_invalid",
  );
  laterMs += 1_000;
  expect((await sofia.auth.me.query()).email).toBe(email);
  expect(await codeOf(signIn(email, oldPassword))).toBe("auth.invalid_credentials");
  expect(await codeOf(signIn(email, newPassword))).toBe("ok");
});
