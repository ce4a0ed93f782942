import { isRefusal } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";

let server: TestServer;
let laterMs = 0;
const as = async (name: string) => (await server.as(name)).api;

beforeAll(async () => {
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({ runtime: { ...systemRuntime, now } });
  const omar = await as("omar");
  await omar.fields.create.mutate({ key: "plan", kind: "text", name: "Plan", customerAccess: "edit" });
  await omar.fields.create.mutate({ key: "source_of_loss", kind: "text", name: "Source of loss" });
  await omar.tags.create.mutate({ name: "money-back" });
  rulesTakeEffect();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Rules are kept for a second. */
const rulesTakeEffect = () => void (laterMs += 1_000);

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

async function departmentNamed(name: string): Promise<string> {
  const [row] = await server.resources.sql<{ id: string }[]>`select id from departments where name = ${name}`;
  return row!.id;
}

async function refund(change: object = {}) {
  return (await as("petra")).templates.create.mutate({
    name: "Money back",
    title: "I would like my money back",
    body: "What did you buy, and when?",
    departmentId: await departmentNamed("Billing and accounts"),
    priority: "high",
    tags: ["money-back"],
    fields: { plan: "basic", source_of_loss: "unknown" },
    isForCustomers: true,
    ...change,
  });
}

test("a template fills in what is left out, and what its opener says comes first", async () => {
  const { id: templateId } = await refund();
  const [nora, omar] = [await as("nora"), await as("omar")];
  const bare = await nora.tickets.open.mutate({ templateId });
  expect(bare).toMatchObject({
    title: "I would like my money back",
    priority: "high",
    department: { name: "Billing and accounts" },
    version: 1,
  });
  const seen = await omar.tickets.get.query({ ticketId: bare.id });
  expect(seen).toMatchObject({ description: "What did you buy, and when?", tags: ["money-back"] });
  const set = (all: typeof seen.fields) =>
    all.flatMap(({ key, value }) => (value === null ? [] : [[key, value]]));
  expect(set(seen.fields)).toEqual([
    ["plan", "basic"],
    ["source_of_loss", "unknown"],
  ]);
  expect(JSON.stringify(await nora.tickets.get.query({ ticketId: bare.id }))).not.toContain("money-back");

  const own = { title: "Money back", departmentId: null, priority: "low", fields: { plan: "pro" } } as const;
  const said = await nora.tickets.open.mutate({ templateId, ...own });
  expect(said).toMatchObject({ title: "Money back", priority: "low", department: null });
  const { fields } = await nora.tickets.get.query({ ticketId: said.id });
  expect(set(fields)).toEqual([["plan", "pro"]]);
});

test("without a template, title and description are asked for", async () => {
  const nora = await as("nora");
  // @ts-expect-error the compiler asks for them too
  expect(await codeOf(nora.tickets.open.mutate({ priority: "low" }))).toBe("input.invalid");
  // @ts-expect-error the compiler asks for it too
  expect(await codeOf(nora.tickets.open.mutate({ title: "No description" }))).toBe("input.invalid");
  expect(await codeOf(nora.tickets.open.mutate({ title: "Both", description: "" }))).toBe("ok");
});

test("customers see and use those that are for them, without what is staff's; agents all that are in use", async () => {
  const [petra, ben, nora] = [await as("petra"), await as("ben"), await as("nora")];
  const open = await refund({ name: "For customers" });
  const hidden = await refund({ name: "For staff", isForCustomers: false });
  const idle = await refund({ name: "Not in use", isActive: false });
  const namesOf = async (api: typeof ben) => (await api.templates.list.query()).map(({ name }) => name);
  expect(await namesOf(nora)).toEqual(["For customers", "Money back", "Refund"]);
  expect(await namesOf(ben)).toEqual(["For customers", "For staff", "Money back", "Refund"]);
  expect(await namesOf(petra)).toEqual(["For customers", "For staff", "Money back", "Not in use", "Refund"]);
  const [first] = await nora.templates.list.query();
  expect(first).toMatchObject({ tags: [], fields: { plan: "basic" } });
  expect(first!.fields).not.toHaveProperty("source_of_loss");

  const openBy = (api: typeof ben, templateId: string) => codeOf(api.tickets.open.mutate({ templateId }));
  expect([await openBy(nora, open.id), await openBy(ben, hidden.id)]).toEqual(["ok", "ok"]);
  expect([await openBy(nora, hidden.id), await openBy(nora, idle.id), await openBy(ben, idle.id)]).toEqual(
    Array(3).fill("template.not_found"),
  );
});

test("what a template names is there when it is saved, and left out of tickets once it is gone", async () => {
  const omar = await as("omar");
  const wrong = [{ tags: ["nope"] }, { fields: { nope: "x" } }, { departmentId: systemRuntime.newId() }];
  const answers = await Promise.all(wrong.map((change) => codeOf(refund({ name: "Wrong", ...change }))));
  expect(answers).toEqual(["tag.unknown", "field.invalid", "department.not_found"]);

  const field = await omar.fields.create.mutate({ key: "short_lived", kind: "boolean", name: "Short-lived" });
  const department = await omar.departments.create.mutate({ name: "Short-lived" });
  rulesTakeEffect();
  const { id: templateId } = await refund({
    name: "Of its time",
    fields: { plan: "pro", short_lived: true },
    departmentId: department.id,
  });
  await omar.fields.archive.mutate({ fieldId: field.id, version: field.version });
  await omar.departments.archive.mutate({ departmentId: department.id, version: department.version });
  rulesTakeEffect();

  const opened = await (await as("nora")).tickets.open.mutate({ templateId });
  expect(opened).toMatchObject({ department: null, priority: "high" });
  expect(await omar.tickets.get.query({ ticketId: opened.id })).toMatchObject({ tags: ["money-back"] });
  const template = (await omar.templates.list.query()).find(({ id }) => id === templateId)!;
  expect(template.gone).toEqual({ departmentId: true, fields: ["short_lived"] });
  const saved = await omar.templates.update.mutate({ templateId, version: template.version, position: 3 });
  expect(saved).toMatchObject({
    gone: { departmentId: false, fields: [] },
    tags: ["money-back"],
    position: 3,
    version: 2,
  });
});

test("a template is changed by the version that was read, has a name of its own, and can be deleted", async () => {
  const petra = await as("petra");
  const { id: templateId } = await refund({ name: "Passing" });
  expect(await codeOf(refund({ name: "Passing" }))).toBe("template.name_taken");
  await petra.templates.update.mutate({ templateId, version: 1, title: "Other" });
  expect(await codeOf(petra.templates.update.mutate({ templateId, version: 1, title: "Third" }))).toBe(
    "version.conflict",
  );
  expect(await codeOf(petra.templates.delete.mutate({ templateId, version: 1 }))).toBe("version.conflict");
  expect(await codeOf(petra.templates.delete.mutate({ templateId, version: 2 }))).toBe("ok");
  expect(await codeOf(petra.templates.delete.mutate({ templateId, version: 2 }))).toBe("template.not_found");
  expect(await codeOf(petra.tickets.open.mutate({ templateId }))).toBe("template.not_found");
});

test("clocks of a ticket opened with a template's tags are those that its history gives", async () => {
  const sofia = await as("sofia");
  const { id: templateId } = await refund({ name: "For the clocks" });
  await (await as("nora")).tickets.open.mutate({ templateId });
  expect((await sofia.sla.rebuild.query({ limit: 100 })).items).toEqual([]);
});
