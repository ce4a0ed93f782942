import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";
import { sender } from "../rest/rest.fixtures.ts";
import { openApiDocument } from "../rest/document.ts";
import { definitionOf } from "../rest/shape.ts";
import { manifest } from "../manifest.ts";
import { allowPublic, router } from "../trpc.ts";
import { deprecated } from "./deprecation.ts";

const older = { since: "2026-01-01", sunset: "2027-06-30", useInstead: "tickets.list" };
const newer = { since: "2026-02-01", sunset: "2026-12-31", useInstead: null };

test("a deprecation is added to what a procedure says of itself, and gives half a year", () => {
  const old = router({
    old: allowPublic("tag.in_use")
      .meta(deprecated(older))
      .query(() => null),
  }).old;
  expect((old._def as { meta?: unknown }).meta).toEqual({
    access: "public",
    refusals: ["tag.in_use"],
    limit: "public",
    deprecated: older,
  });
  expect(() => deprecated({ ...older, sunset: "2026-06-30" })).toThrow("half a year");
  expect(() => deprecated({ ...older, sunset: "soon" })).toThrow("half a year");
});

/** Deprecates procedures that are not, until disposed: none of ours is. */
function deprecating(some: Record<string, typeof older | typeof newer>): Disposable {
  const before = Object.keys(some).map((path) => [definitionOf(path), definitionOf(path).meta] as const);
  for (const [path, one] of Object.entries(some))
    definitionOf(path).meta = { ...definitionOf(path).meta, deprecated: one };
  return {
    [Symbol.dispose]() {
      for (const [definition, meta] of before) definition.meta = meta;
    },
  };
}

const DEPRECATION = "@1767225600";
const SUNSET = "Wed, 30 Jun 2027 00:00:00 GMT";

test.each(["lean", "official"] as const)(
  "the %s adapter says what is deprecated, refused or not; of a batch the earliest of each",
  async (adapter) => {
    await using server = await startServer({ app: { adapter } });
    using _ = deprecating({ "tags.list": older, "views.list": newer });
    const told = async (paths: string, headers: Record<string, string> = {}) => {
      const count = paths.split(",").length;
      const input = JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [at, {}])));
      const { headers: answered } = await fetch(
        `${server.url}/trpc/${paths}?batch=1&input=${encodeURIComponent(input)}`,
        { headers },
      );
      return [answered.get("deprecation"), answered.get("sunset")];
    };
    expect(await told("tags.list")).toEqual([DEPRECATION, SUNSET]);
    expect(await told("auth.me,tags.list")).toEqual([DEPRECATION, SUNSET]);
    expect(await told("views.list,tags.list")).toEqual([DEPRECATION, "Thu, 31 Dec 2026 00:00:00 GMT"]);
    expect(await told("tags.list,auth.me", { "trpc-accept": "application/jsonl" })).toEqual([
      DEPRECATION,
      SUNSET,
    ]);
    expect(await told("auth.me,constructor,no.such")).toEqual([null, null]);
  },
);

test("REST says what is deprecated, answered or refused, and of nothing else", async () => {
  await using server = await startServer();
  const [ben, nobody] = await Promise.all([sender(server, "ben"), sender(server, null)]);
  const told = ({ status, headers }: Awaited<ReturnType<typeof ben>>) => [
    status,
    headers.get("deprecation"),
    headers.get("sunset"),
  ];
  expect(told(await ben("GET", "/tags"))).toEqual([200, null, null]);
  using _ = deprecating({ "tags.list": older });
  expect(told(await ben("GET", "/tags"))).toEqual([200, DEPRECATION, SUNSET]);
  expect(told(await nobody("GET", "/tags"))).toEqual([401, DEPRECATION, SUNSET]);
  expect(told(await ben("GET", "/users/me"))).toEqual([200, null, null]);
});

test("the contract and the OpenAPI document say what is deprecated", () => {
  const deprecations = () => {
    const { paths } = openApiDocument() as {
      paths: Record<string, { get?: { deprecated?: boolean; description: string } }>;
    };
    return [
      manifest().flatMap(({ path, deprecated: one }) => (one ? [path] : [])),
      Object.entries(paths).flatMap(([path, { get }]) => (get?.deprecated ? [path] : [])),
    ];
  };
  expect(deprecations()).toEqual([[], []]);
  using _ = deprecating({ "tags.list": older });
  expect(deprecations()).toEqual([["tags.list"], ["/tags"]]);
  expect(JSON.stringify(openApiDocument())).toContain(
    "Since 2026-01-01; may be gone from 2027-06-30 on. Use `tickets.list`.",
  );
});
