import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";

let server: TestServer;
let sofia: HelpdeskApi, petra: HelpdeskApi, ben: HelpdeskApi, nora: HelpdeskApi;

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [sofia, petra, ben, nora] = [await api("sofia"), await api("petra"), await api("ben"), await api("nora")];
});
afterAll(() => server[Symbol.asyncDispose]());

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

const sql = () => server.resources.sql;
const departmentId = async (name: string) => {
  const [row] = await sql()<{ id: string }[]>`select id from departments where name = ${name}`;
  return row!.id;
};

async function talk(department = "Technical support") {
  const me = await nora.auth.me.query();
  const helper = await ben.auth.me.query();
  const { id: ticketId } = await nora.tickets.open.mutate({
    title: `The VPN throws ${me.name} out`,
    description: `It drops every hour. Call me on +49 30 1234567.\n\nBest regards,\n${me.name}`,
    departmentId: await departmentId(department),
  });
  await sofia.tickets.reply.mutate({
    ticketId,
    body: `Hello, ${helper.name} will help. Since when does it happen?`,
  });
  await nora.tickets.reply.mutate({
    ticketId,
    body: "Since Monday. My password is Blue-Kite7, if you need it.",
  });
  await sofia.tickets.addNote.mutate({ ticketId, body: "She seems to be zzz-annoyed." });
  return { ticketId, names: [me.name, helper.name] };
}
const finish = async (ticketId: string) => {
  const { version } = await sofia.tickets.get.query({ ticketId });
  await sofia.tickets.setStatus.mutate({ ticketId, version, status: "resolved" });
};

test("a resolved ticket becomes a draft without names, secrets and notes, and nothing is kept", async () => {
  const { ticketId, names } = await talk();
  await finish(ticketId);
  const before = await sql()`select count(*) from scenarios`;
  const { definition, yaml, removed, problems } = await petra.scenarios.draftFromTicket.mutate({ ticketId });
  expect(parse(yaml)).toEqual(definition);
  const all = JSON.stringify({ definition, yaml, removed, problems });
  for (const secret of [...names.flatMap((name) => name.split(" ")), "1234567", "Blue-Kite7", "zzz-annoyed"])
    expect(all).not.toContain(secret);
  expect(all).toContain("It drops every hour.");
  expect(removed.map(({ kind }) => kind).toSorted()).toEqual([
    "password",
    "person",
    "person",
    "phone",
    "signature",
  ]);
  expect(problems.length).toBeGreaterThan(0);
  expect(await sql()`select count(*) from scenarios`).toEqual(before);
});

test("what a ticket is tagged with tells what its draft practises", async () => {
  const { ticketId } = await talk();
  const name = "virus";
  await sofia.tags.create.mutate({ name });
  await finish(ticketId);
  const skills = async () =>
    (await petra.scenarios.draftFromTicket.mutate({ ticketId })).definition.skills as string[];
  expect(await skills()).not.toContain("security_awareness");
  const { version } = await sofia.tickets.get.query({ ticketId });
  await sofia.tickets.setTags.mutate({ ticketId, version, tags: [name] });
  expect(await skills()).toContain("security_awareness");
});

test("what the draft lacks is what the check says of its text, and a finished one is taken", async () => {
  const { ticketId } = await talk();
  await finish(ticketId);
  const { yaml, problems } = await petra.scenarios.draftFromTicket.mutate({ ticketId });
  const checked = await petra.scenarios.check.mutate({ yaml });
  const said = problems.map(({ path, message }) => `${path}: ${message}`);
  expect(said).toEqual(
    expect.arrayContaining(checked.problems.map(({ path, message }) => `${path}: ${message}`)),
  );
});

test("only finished tickets that the author sees become drafts, and only for authors", async () => {
  const { ticketId } = await talk();
  const draft = (by: HelpdeskApi, of = ticketId) =>
    codeOf(by.scenarios.draftFromTicket.mutate({ ticketId: of }));
  expect(await draft(petra)).toBe("ticket.not_resolved");
  await finish(ticketId);
  expect(await draft(petra)).toBe("ok");
  expect(await draft(ben)).toBe("permission.denied");
  const hidden = await talk("Billing and accounts");
  await finish(hidden.ticketId);
  expect(await draft(petra, hidden.ticketId)).toBe("ticket.not_found");
  expect(await draft(sofia, hidden.ticketId)).toBe("ok");
});

test("a draft has the articles that its author may read and that fit the ticket", async () => {
  const { id: ticketId } = await nora.tickets.open.mutate({
    title: "Codes are not accepted",
    description: "None of the codes of my authenticator is accepted.",
    departmentId: await departmentId("Technical support"),
  });
  await finish(ticketId);
  const { definition } = await petra.scenarios.draftFromTicket.mutate({ ticketId });
  const knowledge = definition["knowledge"] as { title: string; body: string }[];
  expect(knowledge[0]).toMatchObject({ title: "My codes are not accepted" });
  expect(knowledge[0]!.body).toContain("automatic date and time");
  expect(knowledge.length).toBeLessThanOrEqual(2);
});
