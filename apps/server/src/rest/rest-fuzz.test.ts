import { inParallel, startServer } from "@helpdesk/testing/server";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sender } from "./rest.fixtures.ts";
import { styleOf } from "./query.ts";
import type { Method } from "./route.ts";
import { type Schema, shapeOf } from "./shape.ts";
import { table } from "./table.ts";

const REQUESTS = 3_000;
const SEED = 20_261_122;
/** These end what the others need. */
const ending = ["auth.signOut", "auth.signOutEverywhere", "auth.changePassword"];
const routes = table.filter(({ procedure }) => !ending.includes(procedure));

const odd = fc.constantFrom<unknown>(
  "",
  " ",
  "null",
  "a\u0000b",
  "\ud800",
  "__proto__",
  "%",
  "1e9",
  "-1",
  "x".repeat(600),
);
const words = fc.constantFrom("open", "urgent", "mine", "floor", "A printer", "ben@lumen.example", "en-GB");
const texts = fc.oneof({ weight: 4, arbitrary: words }, odd, fc.string({ unit: "binary", maxLength: 40 }));
const anything = fc.oneof(
  texts,
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
);

const mostly = <T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<unknown> = anything): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: right as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: wrong });

function valueOf(schema: Schema, ids: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((each) => valueOf(each, ids)));
  if (schema.enum) return mostly(fc.constantFrom(...schema.enum));
  if (schema.format === "uuid") return mostly(ids);
  switch (schema.type) {
    case "integer":
    case "number":
      return mostly(fc.oneof(fc.integer({ min: -1, max: 50 }), fc.double()));
    case "boolean":
      return mostly(fc.boolean());
    case "array":
      return mostly(fc.array(valueOf(schema.items ?? {}, ids), { maxLength: 3 }));
    case "object":
      return mostly(objectOf(schema.properties ?? {}, schema.required ?? [], ids));
    default:
      return mostly(texts);
  }
}

const objectOf = (properties: Record<string, Schema>, requiredKeys: string[], ids: fc.Arbitrary<string>) =>
  fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valueOf(schema, ids)])),
    { requiredKeys: requiredKeys.filter((key) => key in properties) },
  );

interface Made {
  method: Method;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

const inUrl = (value: unknown): string => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return encodeURIComponent(text.toWellFormed());
};

function requestOf(route: (typeof table)[number], ids: fc.Arbitrary<string>): fc.Arbitrary<Made> {
  const { path, query, requiredQuery, body, isVersioned } = shapeOf(route);
  return fc
    .record({
      inPath: objectOf(path, Object.keys(path), ids),
      inQuery: objectOf(query, requiredQuery, ids),
      inBody: body ? mostly(objectOf(body.properties, body.required, ids)) : fc.constant(undefined),
      etag: mostly(fc.constantFrom('"1"', '"2"', 'W/"1-x"'), texts),
    })
    .map(({ inPath, inQuery, inBody, etag }): Made => {
      const at = Object.entries(inPath).reduce(
        (url, [name, value]) => url.replace(`{${name}}`, inUrl(value)),
        route.path,
      );
      const asked = Object.entries(inQuery).flatMap(([name, value]) => {
        const values = styleOf(query[name]!) === "list" && Array.isArray(value) ? value : [value];
        return values.map((each) => `${name}=${inUrl(each)}`);
      });
      const printable = typeof etag === "string" && /^[\x20-\x7e]*$/.test(etag) && isVersioned;
      return {
        method: route.method,
        path: asked.length === 0 ? at : `${at}?${asked.join("&")}`,
        body: inBody,
        headers: (printable ? { "if-match": etag } : {}) as Record<string, string>,
      };
    });
}

test(`${REQUESTS} made-up requests over all routes: each is answered, refused as a problem, none with an error of ours`, async () => {
  await using server = await startServer({ env: { TRUST_PROXY: "127.0.0.1" } });
  const rows = await server.resources.sql<{ id: string }[]>`
    select id from tickets union all select id from users union all select id from departments
    union all select id from ticket_comments union all select id from scenarios`;
  const ids = fc.constantFrom(...rows.map(({ id }) => id));
  const perRoute = Math.ceil(REQUESTS / routes.length);
  const requests = routes.flatMap((route, i) =>
    fc.sample(requestOf(route, ids), { numRuns: perRoute, seed: SEED + i }),
  );
  const sofia = await sender(server, "sofia");
  const answers = await inParallel(8, [...requests.entries()], ([i, { method, path, body, headers }]) =>
    sofia(method, path, { body, headers: { ...headers, "x-forwarded-for": `10.8.${i >> 8}.${i & 255}` } }),
  );

  expect(requests.length).toBeGreaterThanOrEqual(REQUESTS);
  const failed = answers.flatMap(({ status, body }, i) =>
    status >= 500 ? [`${requests[i]!.method} ${requests[i]!.path} -> ${JSON.stringify(body)}`] : [],
  );
  expect(failed.slice(0, 5)).toEqual([]);
  const odd4xx = answers.filter(
    ({ status, body }) => status >= 400 && body?.status !== status && status !== 431,
  );
  expect(odd4xx.slice(0, 3)).toEqual([]);
  const statuses = new Set(answers.map(({ status }) => status));
  for (const status of [200, 201, 400, 404, 409, 412]) expect(statuses).toContain(status);
});
