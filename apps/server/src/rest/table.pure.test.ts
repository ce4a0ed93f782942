import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { manifest } from "../manifest.ts";
import { writtenDocument } from "./document-routes.ts";
import { operationIdOf, parametersOf } from "./route.ts";
import { refusalsOf } from "./operation.ts";
import { statusOf } from "./problem.ts";
import { leftOut, table } from "./table.ts";

const routed = new Set<string>(table.map(({ procedure }) => procedure));
const repeated = (values: readonly string[]) => values.filter((value, i) => values.indexOf(value) !== i);

test("every procedure has a route or a reason to have none, and not both", () => {
  const known = manifest().flatMap(({ path, type }) => (type === "subscription" ? [] : [path]));
  expect(known.filter((path) => !routed.has(path) && !(path in leftOut))).toEqual([]);
  expect(Object.keys(leftOut).filter((path) => routed.has(path) || !known.includes(path))).toEqual([]);
});

test("no two routes have the same method and path, or the same operation", () => {
  expect(table.length).toBeGreaterThan(100);
  expect(repeated(table.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`))).toEqual(
    [],
  );
  expect(repeated(table.map(operationIdOf))).toEqual([]);
});

test("what reads is a GET and what changes is not, but for a query too large for a URL", () => {
  const types = new Map(manifest().map(({ path, type }) => [path, type]));
  const odd = table.filter(
    ({ method, procedure }) => (method === "GET") !== (types.get(procedure) === "query"),
  );
  expect(odd.map(operationIdOf)).toEqual([
    "mailTemplatesPreview",
    "slaSimulate",
    "reportsRun",
    "reportsCsvUrl",
    "kbArticlesSuggest",
    "helpCenterSuggest",
  ]);
});

test("what a path names and is missing is 404, what the rest of the input names is 400", () => {
  const reply = table.find(({ procedure }) => procedure === "tickets.reply")!;
  expect(statusOf("ticket.not_found", reply.path)).toBe(404);
  expect(statusOf("attachment.not_found", reply.path)).toBe(400);
  const nowhere = table.filter(
    (route) =>
      parametersOf(route.path).some((name) => name.endsWith("Id")) &&
      refusalsOf(route).some((code) => code.endsWith(".not_found")) &&
      !refusalsOf(route).some((code) => statusOf(code, route.path) === 404),
  );
  expect(nowhere.map(operationIdOf)).toEqual([]);
});

test("docs/openapi.json is the document that is served: pnpm openapi writes it anew", () => {
  const committed = readFileSync(new URL("../../../../docs/openapi.json", import.meta.url), "utf8");
  expect(committed === writtenDocument()).toBe(true);
});
