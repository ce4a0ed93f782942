import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusalOf } from "./desk.fixtures.ts";
import { fields } from "./fields.fixtures.ts";
import {
  draftProblem,
  type FieldPatch,
  fieldChanges,
  fieldValueOf,
  patchFields,
  withArchived,
} from "./fields.ts";

const patched = (patch: FieldPatch, before = {}, hand: "staff" | "customer" = "staff") =>
  patchFields(fields, before, patch, hand);
const problemsOf = (patch: FieldPatch, before = {}, hand: "staff" | "customer" = "staff") => {
  const refusal = refusalOf(() => patched(patch, before, hand));
  return refusal?.code === "field.invalid" ? refusal.problems : refusal;
};

describe("a value", () => {
  test.for([
    ["serial", "A-1", "A-1"],
    ["serial", "  A-1 ", "A-1"],
    ["story", "two\nlines", "two\nlines"],
    ["seats", 1, 1],
    ["seats", 9.5, 9.5],
    ["insured", false, false],
    ["bought", "2024-02-29", "2024-02-29"],
    ["size", "large", "large"],
    ["parts", ["lamp", "bell", "lamp"], ["bell", "lamp"]],
  ] as const)("of its kind is taken: %s %j", ([key, given, kept]) => {
    expect(patched({ [key]: given })).toEqual({ [key]: kept });
  });

  test.for([
    ["serial", 1, "wrong_kind"],
    ["serial", "two\nlines", "wrong_kind"],
    ["serial", "x".repeat(301), "too_long"],
    ["story", true, "wrong_kind"],
    ["story", "x".repeat(10_001), "too_long"],
    ["seats", "1", "wrong_kind"],
    ["seats", Number.POSITIVE_INFINITY, "wrong_kind"],
    ["seats", Number.NaN, "wrong_kind"],
    ["seats", 0.99, "out_of_range"],
    ["seats", 10.01, "out_of_range"],
    ["insured", "yes", "wrong_kind"],
    ["bought", "2023-02-29", "wrong_kind"],
    ["bought", "2024-02-29T00:00:00Z", "wrong_kind"],
    ["bought", 20_240_229, "wrong_kind"],
    ["size", "gigantic", "not_an_option"],
    ["size", "huge", "not_an_option"],
    ["size", ["small"], "wrong_kind"],
    ["parts", "bell", "wrong_kind"],
    ["parts", ["bell", "wheel"], "not_an_option"],
    ["nothing", "x", "unknown"],
    ["constructor", "x", "unknown"],
  ] as const)("of another kind is not: %s %j is %s", ([key, given, reason]) => {
    expect(problemsOf({ [key]: given })).toEqual([{ key, reason }]);
  });

  test("that is blank or empty is taken away, as by null", () => {
    const before = { serial: "A-1", parts: ["bell"], seats: 2, size: "small" };
    expect(patched({ serial: " ", parts: [], seats: null }, before)).toEqual({ size: "small" });
  });

  test("is the same whatever order its options were in when it was set", () => {
    const swapped = fields.map((field) => ({ ...field, options: field.options.toReversed() }));
    const before = { parts: ["bell", "lamp"], rating: 1 };
    for (const parts of [
      ["bell", "lamp"],
      ["lamp", "bell"],
    ])
      for (const hand of ["staff", "customer"] as const) {
        const readable = swapped.map((field) => ({ ...field, customerAccess: "read" as const }));
        expect(patchFields(readable, before, { parts }, hand)).toEqual(before);
      }
    expect(fieldChanges(swapped, before, { ...before, parts: ["lamp", "bell"] })).toEqual({});
    expect(fieldChanges(swapped, before, { ...before, parts: ["bell"] })).toMatchObject({
      parts: { from: { id: "bell,lamp" }, to: { id: "bell" } },
    });
    expect(patchFields(swapped, before, { parts: ["bell", "brake"] }, "staff")).toMatchObject({
      parts: ["brake", "bell"],
    });
  });

  test("of an archived option may stay, and not come", () => {
    expect(patched({ size: "huge", serial: "B" }, { size: "huge" })).toEqual({ size: "huge", serial: "B" });
    expect(problemsOf({ size: "huge" }, { size: "small" })).toEqual([
      { key: "size", reason: "not_an_option" },
    ]);
  });

  test("of a field called as something every object has is not there until it is set", () => {
    expect(fieldValueOf({}, "constructor")).toBeNull();
    const odd = [{ ...fields[0]!, key: "constructor" }];
    expect(patchFields(odd, {}, { constructor: "Ann" } as unknown as FieldPatch, "staff")).toEqual({
      constructor: "Ann",
    });
  });
});

test("every problem of a patch is told at once, and nothing is set", () => {
  expect(problemsOf({ seats: 11, serial: "fine", size: "no", none: null })).toEqual([
    { key: "seats", reason: "out_of_range" },
    { key: "size", reason: "not_an_option" },
    { key: "none", reason: "unknown" },
  ]);
});

test("to customers a hidden field is unknown and a readable one fixed, and staff set both", () => {
  expect(problemsOf({ cause: "wear", rating: 1, seats: 2 }, {}, "customer")).toEqual([
    { key: "cause", reason: "unknown" },
    { key: "rating", reason: "read_only" },
  ]);
  expect(patched({ seats: 2 }, {}, "customer")).toEqual({ seats: 2 });
  expect(patched({ cause: "wear", rating: 1 })).toEqual({ cause: "wear", rating: 1 });
});

test("whatever is taken is taken again as it is, for any patch", () => {
  const value = fc.oneof(
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.array(fc.constantFrom("bell", "brake", "lamp", "wheel")),
    fc.constantFrom("small", "large", "2024-02-29"),
    fc.constant(null),
  );
  const patches = fc.dictionary(fc.constantFrom(...fields.map(({ key }) => key), "__proto__"), value);
  let taken = 0;
  fc.assert(
    fc.property(patches, (patch) => {
      if (refusalOf(() => patched(patch))) return;
      taken++;
      const kept = patched(patch);
      expect(patched(kept)).toEqual(kept);
      expect(patched(kept, kept)).toEqual(kept);
      expect(JSON.parse(JSON.stringify(kept))).toEqual(kept);
    }),
    { numRuns: 500, seed: 7 },
  );
  expect(taken).toBeGreaterThan(50);
});

test("an option that is left out is archived behind the others, and named again it comes back", () => {
  const first = withArchived(
    [],
    [
      { key: "a", name: "A" },
      { key: "b", name: "B" },
    ],
  );
  const second = withArchived(first, [{ key: "b", name: "Bee" }]);
  expect(second).toEqual([
    { key: "b", name: "Bee", isArchived: false },
    { key: "a", name: "A", isArchived: true },
  ]);
  expect(withArchived(second, [{ key: "a", name: "A" }]).map(({ isArchived }) => isArchived)).toEqual([
    false,
    true,
  ]);
});

test.for([
  [{ kind: "select" }, "options_missing"],
  [{ kind: "text", options: [{ key: "a", name: "A" }] }, "options_out_of_place"],
  [
    {
      kind: "select",
      options: [
        { key: "a", name: "A" },
        { key: "a", name: "B" },
      ],
    },
    "option_repeated",
  ],
  [{ kind: "text", min: 1 }, "limits_out_of_place"],
  [{ kind: "number", min: 2, max: 1 }, "limits_crossed"],
  [{ kind: "number", min: 2, max: 2 }, null],
  [{ kind: "multi_select", options: [{ key: "a", name: "A" }] }, null],
] as const)("a field %j is found to be %s", ([draft, problem]) => {
  expect(draftProblem({ options: [], min: null, max: null, ...draft })).toBe(problem);
});
