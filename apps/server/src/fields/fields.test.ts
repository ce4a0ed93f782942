import { isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { systemRuntime } from "../runtime.ts";

let server: TestServer;
let laterMs = 0;
const as = async (name: string) => (await server.as(name)).api;

beforeAll(async () => {
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({ runtime: { ...systemRuntime, now } });
});
afterAll(() => server[Symbol.asyncDispose]());

/** Rules are kept for a second. */
const rulesTakeEffect = () => void (laterMs += 1_000);

const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );

const keys = ["seats", "size", "cause", "bought"];
const small = { key: "small", name: "Small" };
const large = { key: "large", name: "Large" };

test("a field is made, changed, ordered, archived and restored, and its key is taken for ever", async () => {
  const omar = await as("omar");
  const size = await omar.fields.create.mutate({
    key: "size",
    kind: "select",
    name: "Size",
    options: [small, large],
    customerAccess: "edit",
  });
  const seats = await omar.fields.create.mutate({ key: "seats", kind: "number", name: "Seats", min: 1 });
  expect(size).toMatchObject({ version: 1, isArchived: false, requiredTo: null });

  const fewer = { fieldId: size.id, version: 1, options: [large], name: "How big" };
  const changed = await omar.fields.update.mutate(fewer);
  expect(changed).toMatchObject({
    version: 2,
    name: "How big",
    key: "size",
    options: [
      { ...large, isArchived: false },
      { ...small, isArchived: true },
    ],
  });
  expect(await refusalOf(omar.fields.update.mutate(fewer))).toEqual({ code: "version.conflict", version: 2 });
  expect(await refusalOf(omar.fields.update.mutate({ fieldId: seats.id, version: 1, max: 0 }))).toEqual({
    code: "field.draft_invalid",
    problem: "limits_crossed",
  });

  const seeded = (await omar.fields.list.query())
    .map(({ id }) => id)
    .filter((id) => ![size.id, seats.id].includes(id));
  const order = await omar.fields.reorder.mutate({ fieldIds: [seats.id, size.id, ...seeded] });
  expect(order.map(({ id }) => id)).toEqual([seats.id, size.id, ...seeded]);
  expect(await refusalOf(omar.fields.reorder.mutate({ fieldIds: [seats.id, seats.id] }))).toEqual({
    code: "field.order_incomplete",
  });

  const [current] = order;
  const archived = await omar.fields.archive.mutate({ fieldId: seats.id, version: current!.version });
  expect(archived.isArchived).toBe(true);
  const seen = async (name: string) =>
    (await (await as(name)).fields.list.query())
      .filter(({ id }) => !seeded.includes(id))
      .map(({ key }) => key);
  expect(await seen("omar")).toEqual(["seats", "size"]);
  expect(await seen("ben")).toEqual(["size"]);
  expect(await refusalOf(omar.fields.create.mutate({ key: "seats", kind: "text", name: "Seats" }))).toEqual({
    code: "field.key_taken",
  });
  const restored = await omar.fields.restore.mutate({ fieldId: seats.id, version: archived.version });
  expect(restored).toMatchObject({ key: "seats", isArchived: false });
  expect(await seen("ben")).toEqual(["seats", "size"]);
  expect(await seen("nora")).toEqual(["size"]);
});

describe("on a ticket", () => {
  beforeAll(async () => {
    const omar = await as("omar");
    await omar.fields.create.mutate({
      key: "cause",
      kind: "long_text",
      name: "Cause",
      requiredTo: "resolve",
    });
    await omar.fields.create.mutate({
      key: "bought",
      kind: "date",
      name: "Bought on",
      customerAccess: "read",
    });
    rulesTakeEffect();
  });

  test("fields are shown and set as far as they are somebody's, and history tells staff in words", async () => {
    const [nora, ben] = [await as("nora"), await as("ben")];
    const { id: ticketId } = await nora.tickets.open.mutate({
      title: "Flat tyre",
      description: "",
      fields: { size: "large" },
    });
    const ours = <T extends { key: string }>(all: T[]) => all.filter(({ key }) => keys.includes(key));
    expect(ours((await nora.tickets.get.query({ ticketId })).fields)).toEqual([
      { key: "size", name: "How big", kind: "select", value: "large", label: "Large", isEditable: true },
      { key: "bought", name: "Bought on", kind: "date", value: null, label: null, isEditable: false },
    ]);
    const set = await ben.tickets.setFields.mutate({
      ticketId,
      version: 1,
      fields: { bought: "2025-12-24", seats: 2.5, cause: "a nail" },
    });
    expect(set.version).toBe(2);
    expect(await refusalOf(ben.tickets.setFields.mutate({ ticketId, version: 1, fields: {} }))).toEqual({
      code: "version.conflict",
      version: 2,
    });
    expect(
      await refusalOf(
        nora.tickets.setFields.mutate({ ticketId, version: 2, fields: { cause: "x", bought: null } }),
      ),
    ).toEqual({
      code: "field.invalid",
      problems: [
        { key: "cause", reason: "unknown" },
        { key: "bought", reason: "read_only" },
      ],
    });
    const { fields, timeline } = await ben.tickets.get.query({ ticketId });
    expect(ours(fields).map(({ key, value }) => [key, value])).toEqual([
      ["seats", 2.5],
      ["size", "large"],
      ["cause", "a nail"],
      ["bought", "2025-12-24"],
    ]);
    expect(timeline.at(-1)).toMatchObject({
      kind: "fields_changed",
      changes: { seats: { from: null, to: { label: "2.5" } }, cause: { to: { label: "a nail" } } },
    });
    const seen = await nora.tickets.get.query({ ticketId });
    expect(JSON.stringify(seen)).not.toContain("a nail");
    expect(ours(seen.fields).map(({ value }) => value)).toEqual(["large", "2025-12-24"]);
    expect(
      await refusalOf((await as("tom")).tickets.setFields.mutate({ ticketId, version: 2, fields: {} })),
    ).toEqual({ code: "ticket.not_found" });
  });

  test("one that is needed to resolve is asked for by hand, in bulk and by macro, and a macro may bring it", async () => {
    const petra = await as("petra");
    const { id: ticketId } = await (await as("nora")).tickets.open.mutate({ title: "Bell", description: "" });
    const required = { code: "field.required", keys: ["cause"] };
    const resolved = { ticketId, version: 1, status: "resolved" };
    expect(await refusalOf(petra.tickets.setStatus.mutate(resolved))).toEqual(required);
    expect(
      await petra.tickets.bulk.mutate({ ticketIds: [ticketId], change: { status: "resolved" } }),
    ).toEqual([{ ticketId, outcome: "refused", refusal: required }]);
    const bare = await petra.macros.create.mutate({ name: "Done", actions: { status: "resolved" } });
    expect(
      await refusalOf(petra.tickets.applyMacro.mutate({ ticketId, version: 1, macroId: bare.id })),
    ).toEqual(required);
    const whole = { status: "resolved", fields: { cause: "wear" } };
    const macro = await petra.macros.create.mutate({ name: "Worn out", actions: whole });
    const done = await petra.tickets.applyMacro.mutate({ ticketId, version: 1, macroId: macro.id });
    expect(done).toMatchObject({ status: "resolved", version: 2 });
    expect(
      await refusalOf(petra.macros.create.mutate({ name: "Wrong", actions: { fields: { seats: "many" } } })),
    ).toMatchObject({ code: "field.invalid" });
  });

  test("one that is needed to open is asked for when a ticket is opened", async () => {
    const [omar, nora] = [await as("omar"), await as("nora")];
    const size = (await omar.fields.list.query()).find(({ key }) => key === "size")!;
    const { id: fieldId, version } = size;
    await omar.fields.update.mutate({ fieldId, version, requiredTo: "open" });
    rulesTakeEffect();
    const open = (fields: Record<string, string>) =>
      refusalOf(nora.tickets.open.mutate({ title: "Saddle", description: "", fields }));
    expect(await open({})).toEqual({ code: "field.required", keys: ["size"] });
    expect(await open({ size: "small" })).toMatchObject({ code: "field.invalid" });
    expect(await open({ size: "large" })).toBe("ok");
    await omar.fields.update.mutate({ fieldId, version: version + 1, requiredTo: null });
    rulesTakeEffect();
    expect(await open({})).toBe("ok");
  });

  test("an archived field is neither shown nor set, and restored it has the values it had", async () => {
    const [omar, ben] = [await as("omar"), await as("ben")];
    const { id: ticketId } = await (
      await as("nora")
    ).tickets.open.mutate({ title: "Brake", description: "" });
    await ben.tickets.setFields.mutate({ ticketId, version: 1, fields: { seats: 3 } });
    const seats = (await omar.fields.list.query()).find(({ key }) => key === "seats")!;
    const archived = await omar.fields.archive.mutate({ fieldId: seats.id, version: seats.version });
    rulesTakeEffect();
    const seen = async () =>
      (await ben.tickets.get.query({ ticketId })).fields.find(({ key }) => key === "seats")?.value;
    expect(await seen()).toBeUndefined();
    expect(
      await refusalOf(ben.tickets.setFields.mutate({ ticketId, version: 2, fields: { seats: 4 } })),
    ).toEqual({
      code: "field.invalid",
      problems: [{ key: "seats", reason: "unknown" }],
    });
    await ben.tickets.setFields.mutate({ ticketId, version: 2, fields: { cause: "rust" } });
    await omar.fields.restore.mutate({ fieldId: seats.id, version: archived.version });
    rulesTakeEffect();
    expect(await seen()).toBe(3);
  });

  test("tickets are listed by the values of fields, as far as those are the reader's", async () => {
    const [omar, ben, nora] = [await as("omar"), await as("ben"), await as("nora")];
    await omar.fields.create.mutate({
      key: "parts",
      kind: "multi_select",
      name: "Parts",
      customerAccess: "edit",
      options: [
        { key: "bell", name: "Bell" },
        { key: "lamp", name: "Lamp" },
      ],
    });
    rulesTakeEffect();
    const open = async (fields: Record<string, string | string[]>) =>
      (await nora.tickets.open.mutate({ title: "For the list", description: "", fields })).id;
    const both = await open({ size: "large", parts: ["bell", "lamp"] });
    const lamp = await open({ parts: ["lamp"] });
    await ben.tickets.setFields.mutate({ ticketId: lamp, version: 1, fields: { cause: "rain", seats: 7 } });
    const idsBy = async (api: typeof ben, fields: Record<string, string | number>) =>
      (await api.tickets.list.query({ fields })).items.map(({ id }) => id);
    expect(await idsBy(nora, { parts: "lamp" })).toEqual([lamp, both]);
    expect(await idsBy(ben, { parts: "lamp", size: "large" })).toEqual([both]);
    expect(await idsBy(ben, { seats: 7 })).toEqual([lamp]);
    expect(await idsBy(ben, { seats: "7" })).toEqual([]);
    expect(await idsBy(ben, { cause: "rain" })).toEqual([lamp]);
    expect(await idsBy(await as("tom"), { parts: "lamp" })).toEqual([]);
    expect(await refusalOf(nora.tickets.list.query({ fields: { cause: "rain" } }))).toEqual({
      code: "field.invalid",
      problems: [{ key: "cause", reason: "unknown" }],
    });
  });
});
