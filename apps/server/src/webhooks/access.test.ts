import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases } from "@helpdesk/testing/access";
import { accessTokenOf, call } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import type { Delivery, MadeWebhook } from "./view.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("webhooks."));

let table: AccessTable;
/** Where it does not matter which: there may be few. */
let shared: MadeWebhook;
let another: MadeWebhook;
let theirs: MadeWebhook;
let theirDelivery: Delivery;

const newWebhook = (rest: object = {}) => ({
  name: `w${randomUUID()}`,
  url: "https://9.9.9.9/hook",
  eventKinds: ["*"],
  ...rest,
});
const ours = (rest?: object) => table.asSofia<MadeWebhook>("webhooks.create", newWebhook(rest));

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const ingrid = await accessTokenOf(table.server.url, "ingrid");
  const asIngrid = async <T>(path: string, input: unknown) => {
    const answer = await call(table.server.url, { path, type: "mutation", input, accessToken: ingrid });
    return answer.data as T;
  };
  shared = await ours();
  another = await ours();
  theirs = await asIngrid("webhooks.create", newWebhook());
  theirDelivery = await asIngrid("webhooks.test", { webhookId: theirs.id });
});

afterAll(() => table.server[Symbol.asyncDispose]());

const onWebhooks = (
  inputOf: (webhook: { id: string; version: number }) => unknown,
  own: () => MadeWebhook | Promise<MadeWebhook> = () => shared,
): Cases => ({
  "of the organization": async () => inputOf(await own()),
  "of another organization": () => inputOf(theirs),
  "that is not there": () => inputOf({ id: randomUUID(), version: 1 }),
});

const onDeliveries: Cases = {
  "of the organization": async () => {
    const { id } = await table.asSofia<Delivery>("webhooks.test", { webhookId: shared.id });
    return { webhookId: shared.id, deliveryId: id };
  },
  "of another webhook": async () => {
    const { id } = await table.asSofia<Delivery>("webhooks.test", { webhookId: shared.id });
    return { webhookId: another.id, deliveryId: id };
  },
  "of another organization": () => ({ webhookId: theirs.id, deliveryId: theirDelivery.id }),
  "of another organization, of one's own webhook": () => ({
    webhookId: shared.id,
    deliveryId: theirDelivery.id,
  }),
};

const cases: Record<string, Cases> = {
  "webhooks.create": {
    "": () => newWebhook(),
    "with notes": () => newWebhook({ includesNotes: true }),
    "to a private address": () => newWebhook({ url: "https://10.0.0.1/hook" }),
  },
  "webhooks.delete": onWebhooks(({ id, version }) => ({ webhookId: id, version }), ours),
  "webhooks.deliveries.get": onDeliveries,
  "webhooks.deliveries.list": onWebhooks(({ id }) => ({ webhookId: id })),
  "webhooks.deliveries.redeliver": onDeliveries,
  "webhooks.deliveries.redeliverFailed": onWebhooks(({ id }) => ({
    webhookId: id,
    since: "2026-01-01T00:00:00.000Z",
  })),
  "webhooks.eventKinds": { "": () => undefined },
  "webhooks.get": onWebhooks(({ id }) => ({ webhookId: id })),
  "webhooks.list": { "": () => undefined },
  "webhooks.rotateSecret": onWebhooks(({ id, version }) => ({ webhookId: id, version }), ours),
  "webhooks.setActive": onWebhooks(({ id, version }) => ({ webhookId: id, version, isActive: false }), ours),
  "webhooks.test": onWebhooks(({ id }) => ({ webhookId: id })),
  "webhooks.update": onWebhooks(({ id, version }) => ({ webhookId: id, version, includesNotes: true }), ours),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
