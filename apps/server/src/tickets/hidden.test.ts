import type { HelpdeskApi, RouterInputs } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";

let server: TestServer;
let sofia: HelpdeskApi;
const api: Record<string, HelpdeskApi> = {};
/** Of Ben's own ticket, of one he is in copy of, and of one he works on. */
const ids = new Map<string, string>();

type Conditions = RouterInputs["views"]["create"]["conditions"];

beforeAll(async () => {
  let laterMs = 0;
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({ runtime: { ...systemRuntime, now } });
  sofia = (await server.as("sofia")).api;
  for (const name of ["ben", "petra"]) api[name] = (await server.as(name)).api;
  await sofia.fields.create.mutate({ key: "risk", kind: "text", name: "Risk" });
  await sofia.fields.create.mutate({ key: "room", kind: "text", name: "Room", customerAccess: "read" });
  await sofia.tags.create.mutate({ name: "fraud" });
  // Rules are kept for a second.
  laterMs += 1_000;
  const idOf = async (search: string) => (await sofia.users.list.query({ search })).items[0]!.id;
  const [ben, nora] = [await idOf("ben@"), await idOf("nora@")];
  for (const name of ["own", "in copy", "work"]) {
    const { id, version } = await sofia.tickets.open.mutate({
      title: `Quokka ${name}`,
      description: "",
      customerId: name === "own" ? ben : nora,
    });
    const tagged = await sofia.tickets.setTags.mutate({ ticketId: id, version, tags: ["fraud"] });
    const fields = { risk: "high", room: "7" };
    await sofia.tickets.setFields.mutate({ ticketId: id, version: tagged.version, fields });
    if (name === "in copy") await putInCopy(id, ben);
    ids.set(id, name);
  }
});
afterAll(() => server[Symbol.asyncDispose]());

/** As somebody is who was in copy and has become an agent since. */
const putInCopy = (ticketId: string, userId: string) => server.resources.sql`
  insert into ticket_cc (organization_id, ticket_id, user_id, created_at)
  select organization_id, id, ${userId}, created_at from tickets where id = ${ticketId}`;

const names = (items: readonly { id: string }[]) => items.flatMap(({ id }) => ids.get(id) ?? []).toSorted();

const all = ["in copy", "own", "work"];
const fraud = ["fraud"];

test.for([
  [{ tags: fraud }, ["work"]],
  [{ allTags: fraud }, ["work"]],
  [{ noTags: fraud }, ["in copy", "own"]],
] as [Conditions, string[]][])(
  "by tags one finds tickets as one sees them, one's own without any, in lists, search, views and counts: %o",
  async ([conditions, seen]) => {
    const { id: viewId } = await sofia.views.create.mutate({
      name: JSON.stringify(conditions),
      conditions: { ...conditions, isOpen: true },
      isShared: true,
    });
    const foundBy = async (name: string) => {
      const by = api[name]!;
      const listed = await by.tickets.list.query({ ...conditions, limit: 100 });
      const found = await by.search.tickets.query({ query: "quokka", filters: conditions });
      const shown = await by.views.tickets.query({ viewId, limit: 100 });
      const [counted] = await by.views.counts.query({ viewIds: [viewId] });
      expect(shown.nextCursor).toBeNull();
      expect(counted!.count).toBe(shown.items.length);
      return [names(listed.items), names(found.items.map(({ ticket }) => ticket)), names(shown.items)];
    };
    const others = conditions.noTags ? [] : all;
    expect(await foundBy("ben")).toEqual([seen, seen, seen]);
    expect(await foundBy("petra")).toEqual([others, others, others]);
  },
);

test("by a field that is staff's one does not find one's own tickets, and by one that customers see one does", async () => {
  const listed = async (name: string, fields: Record<string, string>) =>
    names((await api[name]!.tickets.list.query({ fields, limit: 100 })).items);
  expect(await listed("ben", { risk: "high" })).toEqual(["work"]);
  expect(await listed("ben", { room: "7", risk: "high" })).toEqual(["work"]);
  expect(await listed("ben", { room: "7" })).toEqual(all);
  expect(await listed("petra", { risk: "high" })).toEqual(all);
});
