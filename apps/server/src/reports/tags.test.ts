import { randomUUID } from "node:crypto";
import type { HelpdeskClient } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { accessTokenOf, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { systemRuntime } from "../runtime.ts";
import type { definitionSchema } from "./definition.ts";

type Api = HelpdeskClient["api"];
type Asked = z.input<typeof definitionSchema>;

const january = {
  period: { from: "2026-01-01T00:00:00.000Z", until: "2026-02-01T00:00:00.000Z" },
  zone: "Europe/Berlin",
};
const byTag: Asked = { kind: "counts", ...january, by: ["priority", "tag"] };
const tagged: Asked = { kind: "counts", ...january, by: ["priority"], filters: { tags: ["bug"] } };
const listed: Asked = { kind: "tickets", ...january, columns: ["number", "tags"] };

let server: TestServer;
let laterMs = 0;
let sofia: Api;
/** Reads every report, and no notes. */
let counter: Api;

beforeAll(async () => {
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({ runtime: { ...systemRuntime, now } });
  [{ api: sofia }, { api: counter }] = await Promise.all([server.as("sofia"), server.as("petra")]);
  const role = await sofia.roles.create.mutate({
    key: "counter",
    name: "Counter",
    permissions: ["report.read"],
  });
  const { id: userId } = await counter.auth.me.query();
  const { version } = await sofia.users.get.query({ userId });
  await sofia.users.setRole.mutate({ userId, version, roleId: role.id });
  laterMs += 1_000;
});
afterAll(() => server[Symbol.asyncDispose]());

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "ok",
    (error: { data?: { refusal?: { code: string } } }) => error.data?.refusal?.code ?? "defect",
  );

const csvAs = async (name: string, query: Record<string, string>) => {
  const headers = { authorization: `Bearer ${await accessTokenOf(server.url, name)}` };
  return fetch(`${server.url}/reports/csv?${new URLSearchParams(query).toString()}`, { headers });
};

test("who does not see notes gets no report by tags or of tagged tickets, whoever saved it", async () => {
  for (const definition of [byTag, tagged]) {
    const name = `r${randomUUID()}`;
    const { id: reportId } = await sofia.reports.save.mutate({ name, definition, isShared: true });
    const attempts = (api: Api) =>
      Promise.all(
        [
          api.reports.run.query({ definition }),
          api.reports.csvUrl.query({ definition }),
          api.reports.save.mutate({ name: `r${randomUUID()}`, definition }),
          api.reports.runSaved.query({ reportId }),
          api.reports.savedCsvUrl.query({ reportId }),
        ].map(codeOf),
      );
    expect(await attempts(sofia)).toEqual(Array.from({ length: 5 }, () => "ok"));
    expect(await attempts(counter)).toEqual(Array.from({ length: 5 }, () => "permission.denied"));
    expect((await csvAs("sofia", { reportId })).status).toBe(200);
    expect((await csvAs("petra", { reportId })).status).toBe(403);
    const filtersFor = async (api: Api) =>
      (await api.reports.get.query({ reportId })).definition.filters.tags?.length;
    expect([await filtersFor(sofia), await filtersFor(counter)]).toEqual(
      definition === tagged ? [1, 0] : [undefined, undefined],
    );
  }
  expect(await codeOf(counter.reports.run.query({ definition: { ...byTag, by: ["priority"] } }))).toBe("ok");
});

test("the list of who does not see notes has tickets and no tags", async () => {
  const rowsFor = async (api: Api) => {
    const report = await api.reports.run.query({ definition: listed });
    return report.kind === "tickets" ? report.rows : [];
  };
  const [all, without] = [await rowsFor(sofia), await rowsFor(counter)];
  expect(all.some(({ tags }) => tags!.length > 0)).toBe(true);
  expect(without).toEqual(all.map(({ number }) => ({ number, tags: [] })));
  const lines = (await (await csvAs("petra", { definition: JSON.stringify(listed) })).text()).split("\r\n");
  expect(lines.slice(1, -1)).toEqual(all.map(({ number }) => `${number},`));
});

test("a saved report outlives the tag it asks for: it is listed, and finds nothing", async () => {
  const tag = await sofia.tags.create.mutate({ name: "gone soon", color: "#112233" });
  const definition: Asked = { ...tagged, filters: { tags: ["gone soon"] } };
  const name = `r${randomUUID()}`;
  const { id: reportId } = await sofia.reports.save.mutate({ name, definition, isShared: true });
  await server.resources.sql`delete from tags where id = ${tag.id}`;
  const { filters } = (await sofia.reports.get.query({ reportId })).definition;
  expect(filters.tags).toEqual([]);
  expect((await sofia.reports.list.query()).map(({ id }) => id)).toContain(reportId);
  expect((await sofia.reports.runSaved.query({ reportId })).rows).toEqual([]);
});
