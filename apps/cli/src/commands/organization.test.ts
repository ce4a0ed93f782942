import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

let server: TestServer;
beforeAll(async () => void (server = await startServer()));
afterAll(() => server[Symbol.asyncDispose]());

const acme = {
  slug: "acme",
  name: "Acme Ltd",
  "time-zone": "Europe/Berlin",
  "admin-email": "Ann@Acme.example",
  "admin-name": "Ann Ace",
};

async function create(
  wanted: Record<string, string>,
  password?: string,
): Promise<{ code: unknown; output: string; problem: string }> {
  const options = Object.entries({ ...acme, ...wanted }).flatMap(([name, value]) => [`--${name}`, value]);
  if (password !== undefined) options.push("--password-stdin");
  const child = spawn(process.execPath, [main, "organization", "create", ...options], {
    env: { PATH: process.env["PATH"], DATABASE_URL: server.database.url },
    stdio: "pipe",
  });
  child.stdin.end(password === undefined ? "" : `${password}\n`);
  const [output, problem] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, "close")) as unknown[];
  return { code, output: await output, problem: await problem };
}

test("an organization is made with an admin who signs in, works there, and sees no other", async () => {
  const { code, output, problem } = await create({});
  expect({ code, problem }).toEqual({ code: 0, problem: "" });
  const [, password = ""] = /shown this once: (\S+)\n$/.exec(output) ?? [];
  expect(password.length).toBeGreaterThanOrEqual(24);

  const client = server.client();
  const user = await client.signIn({ organization: "acme", email: "ann@acme.example", password });
  expect(user).toMatchObject({ name: "Ann Ace", role: { key: "super_admin" } });
  expect((await client.api.tickets.list.query()).items).toEqual([]);
  const ticket = await client.api.tickets.open.mutate({ title: "First", description: "Of all." });
  expect(ticket).toMatchObject({ number: 1, firstResponseDueAt: expect.any(String) });
  const invited = { email: "ben@acme.example", name: "Ben", roleKey: "agent" };
  expect(await client.api.users.invite.mutate(invited)).toMatchObject({ email: invited.email });
  const { items } = await (await server.as("sofia")).api.tickets.list.query({});
  expect(items.map(({ id }) => id)).not.toContain(ticket.id);

  const [stored] = await server.resources.sql`
    select substr(u.id::text, 15, 1) || substr(o.id::text, 15, 1) as versions, u.password_hash as hash
    from users u join organizations o on o.id = u.organization_id where u.email = 'ann@acme.example'`;
  expect(stored!["versions"]).toBe("77");
  expect(stored!["hash"]).toMatch(/^\$argon2id\$/);
});

test("a password from standard input is taken and not repeated", async () => {
  const password = "a lamp over nine doors";
  const { code, output, problem } = await create({ slug: "second" }, password);
  expect({ code, problem }).toEqual({ code: 0, problem: "" });
  expect(output).not.toContain(password);
  const organization = { organization: "second", email: "ann@acme.example" };
  await expect(server.client().signIn({ ...organization, password })).resolves.toMatchObject({
    name: "Ann Ace",
  });
  await expect(server.client().signIn({ ...organization, password: `${password}!` })).rejects.toThrow(
    "Organization, e-mail or password is wrong.",
  );
});

test.each([
  ["a taken slug", { slug: "demo" }, undefined, /^There is an organization demo already\.$/],
  ["a wrong slug", { slug: "Acme Ltd" }, undefined, /slug: must have lower-case letters/],
  ["a wrong time zone", { slug: "third", "time-zone": "Berlin" }, undefined, /timeZone: is not a time zone/],
  ["a wrong e-mail address", { slug: "third", "admin-email": "ann" }, undefined, /adminEmail: Invalid email/],
  ["a short password", { slug: "third" }, "short", /^The password is too short\.$/],
  ["a password that is a name", { slug: "third" }, "Ann@acme.example", /^The password is too personal\.$/],
])("%s is one sentence, and nothing is written", async (_, wanted, password, sentence) => {
  const count = async () =>
    (await server.resources.sql`select count(*)::int as n from organizations`)[0]!["n"];
  const before = await count();
  const { code, output, problem } = await create(wanted, password);
  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(problem.trimEnd()).toMatch(sentence);
  expect(problem.trimEnd()).not.toContain("\n");
  expect(await count()).toBe(before);
});
