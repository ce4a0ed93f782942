import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let server: TestServer;
let nora: HelpdeskApi, ben: HelpdeskApi, carla: HelpdeskApi, petra: HelpdeskApi, omar: HelpdeskApi;
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [nora, ben, carla, petra, omar] = await Promise.all([
    api("nora"),
    api("ben"),
    api("carla"),
    api("petra"),
    api("omar"),
  ]);
  const rows = await server.resources.sql<{ name: string; id: string }[]>`
    select split_part(email, '@', 1) as name, id from users union all select name, id from departments`;
  for (const { name, id } of rows) ids[name] = id;
});

afterAll(() => server[Symbol.asyncDispose]());

const support = "Technical support";
const billing = "Billing and accounts";

const open = async (department: string | null = support): Promise<string> => {
  const departmentId = department && ids[department]!;
  return (await nora.tickets.open.mutate({ title: "One of many", description: "", departmentId })).id;
};

const openMany = (count: number) => Promise.all(Array.from({ length: count }, () => open()));

const refusalOf = async (call: Promise<unknown>) =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );

const get = (ticketId: string) => omar.tickets.get.query({ ticketId });

describe("a bulk edit", () => {
  test("makes all changes on each ticket as one version, and a ticket named twice is one", async () => {
    const ticketIds = await openMany(3);
    const change = {
      priority: "urgent" as const,
      status: "in_progress",
      assigneeId: ids["yuki"]!,
      addTags: ["bug", "api"],
    };
    const results = await petra.tickets.bulk.mutate({ ticketIds: [...ticketIds, ticketIds[0]!], change });
    expect(results.map(({ ticketId, outcome }) => ({ ticketId, outcome }))).toEqual(
      ticketIds.map((ticketId) => ({ ticketId, outcome: "ok" })),
    );
    for (const ticketId of ticketIds) {
      const ticket = await get(ticketId);
      expect(ticket).toMatchObject({
        priority: "urgent",
        status: "in_progress",
        assignee: { id: ids["yuki"] },
        tags: ["api", "bug"],
        version: 2,
      });
      expect(ticket.timeline.map(({ kind }) => kind)).toEqual([
        "ticket_opened",
        "assignee_changed",
        "priority_changed",
        "tags_changed",
        "status_changed",
      ]);
    }
    const again = await petra.tickets.bulk.mutate({ ticketIds, change });
    expect(again.map((result) => result.outcome === "ok" && result.ticket.version)).toEqual([2, 2, 2]);
  });

  test("tells for each ticket what became of it; one that is refused keeps nothing of the change", async () => {
    const [fine, closed, waiting, foreign] = [await open(), await open(), await open(), await open(billing)];
    await ben.tickets.setStatus.mutate({ ticketId: closed, version: 1, status: "closed" });
    await ben.tickets.setStatus.mutate({ ticketId: waiting, version: 1, status: "resolved" });
    const ticketIds = [fine, closed, waiting, foreign, ids["ben"]!];
    const change = { priority: "high", status: "waiting" } as const;
    const results = await ben.tickets.bulk.mutate({ ticketIds, change });
    expect(results.map((result) => (result.outcome === "ok" ? "ok" : result.refusal))).toEqual([
      "ok",
      { code: "ticket.closed" },
      {
        code: "transition.not_allowed",
        from: "resolved",
        to: "waiting",
        allowed: ["open", "in_progress", "closed"],
      },
      { code: "ticket.not_found" },
      { code: "ticket.not_found" },
    ]);
    expect(await get(fine)).toMatchObject({ priority: "high", status: "waiting" });
    expect(await get(waiting)).toMatchObject({ priority: "medium", status: "resolved", version: 2 });
    expect(await get(foreign)).toMatchObject({ priority: "medium", version: 1 });
  });

  test("of what the actor may not change, or what there is not, is refused as a whole", async () => {
    const ticketIds = [await open()];
    const bulk = (change: Parameters<typeof ben.tickets.bulk.mutate>[0]["change"]) =>
      refusalOf(ben.tickets.bulk.mutate({ ticketIds, change }));
    expect(await bulk({ priority: "low", assigneeId: ids["yuki"] })).toEqual({
      code: "permission.denied",
      permission: "ticket.assign",
    });
    expect(await bulk({ priority: "low", status: "done" })).toMatchObject({ code: "status.unknown" });
    expect(await bulk({ priority: "low", addTags: ["nope"] })).toEqual({
      code: "tag.unknown",
      unknown: ["nope"],
    });
    expect(await bulk({ priority: "low", departmentId: ids["ben"] })).toEqual({
      code: "department.not_found",
    });
    expect(await bulk({})).toMatchObject({ code: "input.invalid" });
    expect(
      await refusalOf(nora.tickets.bulk.mutate({ ticketIds, change: { priority: "low" } })),
    ).toMatchObject({
      code: "permission.denied",
    });
    expect(await get(ticketIds[0]!)).toMatchObject({ priority: "medium", version: 1 });
    expect(await bulk({ priority: "low" })).toBe("ok");
  });

  test("that routes lets go of an assignee who does not belong there, and gives it to one who does", async () => {
    const [left, given] = [await open(), await open()];
    for (const ticketId of [left, given]) await ben.tickets.take.mutate({ ticketId });
    const departmentId = ids[billing]!;
    await petra.tickets.bulk.mutate({ ticketIds: [left], change: { departmentId } });
    expect(await get(left)).toMatchObject({ assignee: null, department: { id: departmentId } });
    await petra.tickets.bulk.mutate({
      ticketIds: [given],
      change: { departmentId, assigneeId: ids["carla"]! },
    });
    const { assignee, timeline } = await get(given);
    expect(assignee?.id).toBe(ids["carla"]);
    expect(timeline.slice(-2).map(({ changes }) => changes["assignee"])).toEqual([
      { from: { id: ids["ben"], label: "Ben Okafor" }, to: null },
      { from: null, to: { id: ids["carla"], label: "Carla Mendes" } },
    ]);
  });

  test("of the same hundred tickets by four people at once, in any order, loses no change and meets no deadlock", async () => {
    const ticketIds = await openMany(100);
    const changes: Parameters<typeof ben.tickets.bulk.mutate>[0]["change"][] = [
      { addTags: ["bug"] },
      { addTags: ["api"] },
      { priority: "low" },
      { status: "waiting" },
    ];
    const results = await Promise.all(
      changes.map((change, i) =>
        ben.tickets.bulk.mutate({ ticketIds: i % 2 === 0 ? ticketIds : ticketIds.toReversed(), change }),
      ),
    );
    expect(results.flat().filter(({ outcome }) => outcome !== "ok")).toEqual([]);
    for (const ticketId of [ticketIds[0]!, ticketIds[57]!, ticketIds[99]!]) {
      const ticket = await get(ticketId);
      expect(ticket).toMatchObject({ tags: ["api", "bug"], priority: "low", status: "waiting", version: 5 });
      expect(ticket.timeline).toHaveLength(5);
    }
  });
});

describe("a macro", () => {
  const actions = {
    reply: "Try it again, please.",
    status: "waiting",
    addTags: ["bug"],
    take: true,
  } as const;
  const make = async (name: string, rest: object = {}) =>
    (await petra.macros.create.mutate({ name, actions: { ...actions, addTags: ["bug"] }, ...rest })).id;

  test("writes its reply and changes fields as one act, that counts as one version", async () => {
    const macroId = await make("Try again");
    const ticketId = await open();
    const applied = await ben.tickets.applyMacro.mutate({ ticketId, version: 1, macroId });
    expect(applied).toMatchObject({ status: "waiting", version: 2, assignee: { id: ids["ben"] } });
    expect(applied.firstRespondedAt).not.toBeNull();
    const seen = await nora.tickets.get.query({ ticketId });
    expect(seen.timeline.map(({ kind, comment }) => comment?.body ?? kind)).toEqual([
      "ticket_opened",
      "Try it again, please.",
      "status_changed",
    ]);
    expect((await get(ticketId)).tags).toEqual(["bug"]);
  });

  test("whose last step is refused has done nothing: no reply, no tag, no assignee", async () => {
    const macroId = await make("Wait after all");
    const ticketId = await open();
    await ben.tickets.setStatus.mutate({ ticketId, version: 1, status: "resolved" });
    const apply = (version: number) =>
      refusalOf(ben.tickets.applyMacro.mutate({ ticketId, version, macroId }));
    expect(await apply(1)).toEqual({ code: "version.conflict", version: 2 });
    expect(await apply(2)).toMatchObject({ code: "transition.not_allowed" });
    const ticket = await get(ticketId);
    expect(ticket).toMatchObject({ assignee: null, tags: [], version: 2 });
    expect(ticket.timeline.map(({ kind }) => kind)).toEqual(["ticket_opened", "status_changed"]);
  });

  test("does nothing that its user may not do", async () => {
    const macroId = await make("Give to Yuki", { actions: { assigneeId: ids["yuki"] } });
    const ticketId = await open();
    expect(await refusalOf(ben.tickets.applyMacro.mutate({ ticketId, version: 1, macroId }))).toEqual({
      code: "permission.denied",
      permission: "ticket.assign",
    });
    expect(await refusalOf(petra.tickets.applyMacro.mutate({ ticketId, version: 1, macroId }))).toBe("ok");
  });

  test("of a department is for its people, an inactive one for nobody, and managers see all", async () => {
    const ours = await make("Support's own", { departmentId: ids[support] });
    const namesFor = async (api: HelpdeskApi) => (await api.macros.list.query()).map(({ name }) => name);
    expect(await namesFor(ben)).toContain("Support's own");
    expect(await namesFor(carla)).not.toContain("Support's own");
    const ticketId = await open(null);
    const apply = (api: HelpdeskApi, macroId: string) =>
      refusalOf(api.tickets.applyMacro.mutate({ ticketId, version: 1, macroId }));
    expect(await apply(carla, ours)).toEqual({ code: "macro.not_found" });
    await petra.macros.update.mutate({ macroId: ours, version: 1, isActive: false });
    expect(await apply(ben, ours)).toEqual({ code: "macro.not_found" });
    expect(
      [await namesFor(ben), await namesFor(petra)].map((names) => names.includes("Support's own")),
    ).toEqual([false, true]);
    await petra.macros.update.mutate({ macroId: ours, version: 2, isActive: true });
    expect(await apply(ben, ours)).toBe("ok");
  });

  test("names only what there is, has a name of its own, and changes by version", async () => {
    const create = (input: object) =>
      refusalOf(petra.macros.create.mutate({ name: "Mistaken", actions: {}, ...input }));
    expect(await create({ actions: { status: "done" } })).toMatchObject({ code: "status.unknown" });
    expect(await create({ actions: { addTags: ["nope"] } })).toMatchObject({ code: "tag.unknown" });
    expect(await create({ actions: { departmentId: ids["ben"] } })).toMatchObject({
      code: "department.not_found",
    });
    expect(await create({ actions: { reply: "a", note: "b" } })).toMatchObject({ code: "input.invalid" });
    const macroId = await make("Once");
    expect(await create({ name: "Once" })).toEqual({ code: "macro.name_taken" });
    await petra.macros.update.mutate({ macroId, version: 1, name: "Twice" });
    expect(await refusalOf(petra.macros.delete.mutate({ macroId, version: 1 }))).toMatchObject({
      code: "version.conflict",
    });
    expect(await petra.macros.delete.mutate({ macroId, version: 2 })).toBeNull();
    expect(await refusalOf(petra.macros.delete.mutate({ macroId, version: 2 }))).toEqual({
      code: "macro.not_found",
    });
    expect(await refusalOf(ben.macros.create.mutate({ name: "Mine", actions: {} }))).toMatchObject({
      code: "permission.denied",
    });
  });
});
