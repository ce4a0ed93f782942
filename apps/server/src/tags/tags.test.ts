import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

let server: TestServer;
let petra: HelpdeskApi;
let ben: HelpdeskApi;

beforeAll(async () => {
  server = await startServer();
  [petra, ben] = [(await server.as("petra")).api, (await server.as("ben")).api];
});
afterAll(() => server[Symbol.asyncDispose]());

const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );

const tagged = async (ticketId: string) => (await petra.tickets.get.query({ ticketId })).tags;
const opened = async (templateId?: string) =>
  (await (await server.as("nora")).api.tickets.open.mutate({ title: "Of tags", description: "", templateId }))
    .id;

test("macros and templates go on with a tag that is renamed, by the name it has now", async () => {
  const { id: tagId } = await petra.tags.create.mutate({ name: "alpha" });
  const other = await petra.tags.create.mutate({ name: "omega" });
  const macro = await petra.macros.create.mutate({ name: "Alpha", actions: { addTags: ["alpha"] } });
  const off = await petra.macros.create.mutate({ name: "Omega off", actions: { removeTags: ["omega"] } });
  const template = await petra.templates.create.mutate({
    name: "Alpha",
    title: "Alpha",
    tags: ["omega", "alpha"],
    isForCustomers: true,
  });
  expect([macro.actions, template.tags.toSorted()]).toEqual([{ addTags: ["alpha"] }, ["alpha", "omega"]]);
  await petra.tags.rename.mutate({ tagId, version: 1, name: "beta" });
  await petra.tags.rename.mutate({ tagId: other.id, version: 1, name: "alpha" });

  const ticketId = await opened();
  await ben.tickets.applyMacro.mutate({ ticketId, version: 1, macroId: macro.id });
  expect(await tagged(ticketId)).toEqual(["beta"]);
  const fromTemplate = await opened(template.id);
  expect(await tagged(fromTemplate)).toEqual(["alpha", "beta"]);
  await ben.tickets.applyMacro.mutate({ ticketId: fromTemplate, version: 1, macroId: off.id });
  expect(await tagged(fromTemplate)).toEqual(["beta"]);

  const listed = (await petra.macros.list.query()).find(({ id }) => id === macro.id)!;
  expect(listed.actions).toEqual({ addTags: ["beta"] });
  const named = { macroId: macro.id, version: 1, name: "Beta" };
  expect((await petra.macros.update.mutate(named)).actions).toEqual({ addTags: ["beta"] });
  const moved = await petra.templates.update.mutate({ templateId: template.id, version: 1, position: 7 });
  expect(moved.tags.toSorted()).toEqual(["alpha", "beta"]);
  await ben.tickets.applyMacro.mutate({ ticketId: await opened(), version: 1, macroId: macro.id });
});

test.for([
  ["a view", "view", "tags"],
  ["a view that wants all", "view", "allTags"],
  ["a view that wants none", "view", "noTags"],
  ["a macro that puts it on", "macro", "addTags"],
  ["a macro that takes it off", "macro", "removeTags"],
  ["a template", "template", ""],
  ["an SLA policy", "sla_policy", ""],
  ["a ticket", "ticket", ""],
] as const)("a tag that %s names cannot be deleted, and can once it does not", async ([, user, how]) => {
  const name = `${user} ${how}`.trim().toLowerCase();
  const tag = await petra.tags.create.mutate({ name });
  const release = await use(user, how, name, tag.id);
  const remove = () => refusalOf(petra.tags.delete.mutate({ tagId: tag.id, version: tag.version }));
  expect(await remove()).toEqual({ code: "tag.in_use", usedBy: [user] });
  await release();
  expect(await remove()).toBe("ok");
});

/** @returns what ends the use. */
async function use(user: string, how: string, name: string, tagId: string): Promise<() => Promise<unknown>> {
  if (user === "view") {
    const { id } = await ben.views.create.mutate({ name, conditions: { [how]: [name] } });
    return () => ben.views.delete.mutate({ viewId: id, version: 1 });
  }
  if (user === "macro") {
    const { id } = await petra.macros.create.mutate({ name, actions: { [how]: [name] } });
    return () => petra.macros.update.mutate({ macroId: id, version: 1, actions: {} });
  }
  if (user === "template") {
    const { id } = await petra.templates.create.mutate({ name, title: name, tags: [name] });
    return () => petra.templates.update.mutate({ templateId: id, version: 1, tags: [] });
  }
  if (user === "ticket") {
    const ticketId = await opened();
    const { version } = await ben.tickets.setTags.mutate({ ticketId, version: 1, tags: [name] });
    return () => ben.tickets.setTags.mutate({ ticketId, version, tags: [] });
  }
  const { sla } = (await server.as("sofia")).api;
  const [calendar] = await sla.calendars.list.query();
  const terms = { name, calendarId: calendar!.id, resolutionTargetSeconds: 3_600 };
  const { id } = await sla.policies.create.mutate({ ...terms, conditions: { tagIds: [tagId] } });
  return () => sla.policies.update.mutate({ policyId: id, version: 1, ...terms });
}
