import type { ProcedureManifest } from "@helpdesk/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { readDeclaration, undeclared } from "./declared.ts";
import { type Contract, breakingChanges } from "./procedures.ts";

const schema = (type: z.ZodType, io: "input" | "output") =>
  z.toJSONSchema(type, { io, unrepresentable: "any" });

interface Parts {
  type?: ProcedureManifest["type"];
  permission?: string;
  refusals?: string[];
  input?: z.ZodType | null;
  output?: z.ZodType;
  deprecated?: NonNullable<ProcedureManifest["deprecated"]>;
}

const contract = ({ input = z.strictObject({}), output = z.object({}), ...rest }: Parts): Contract => {
  const usual: Omit<ProcedureManifest, "input" | "output"> = {
    path: "a.b",
    type: "query",
    permission: "ticket.open | ticket.take",
    refusals: ["tag.in_use"],
  };
  const schemas = {
    input: input && schema(input, "input"),
    output: schema(output, "output"),
    ...(input?.safeParse(undefined).success && { isInputOptional: true as const }),
  };
  return { commonRefusals: ["auth.required"], procedures: [{ ...usual, ...rest, ...schemas }] };
};

const between = (before: Parts, after: Parts) => breakingChanges(contract(before), contract(after));
const inputs = (before: z.ZodType, after: z.ZodType) => between({ input: before }, { input: after });
const outputs = (before: z.ZodType, after: z.ZodType) => between({ output: before }, { output: after });

const NEEDED = "a.b: the input may no longer be left out";
const ending = (sunset: string) => ({ since: "2026-12-01", sunset, useInstead: null });
const one = z.strictObject({ a: z.string() });
const text = (type: z.ZodType) => z.strictObject({ a: type });
const leaf = z.object({ a: z.string() });
const both = z.intersection(leaf, z.object({ b: z.int() }));
const tree = z.object({
  name: z.string(),
  get below() {
    return z.array(tree);
  },
});
const deeper = z.object({
  name: z.string(),
  size: z.int(),
  get below() {
    return z.array(deeper);
  },
});
const kinds = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("a"), a: z.string() }),
  z.object({ kind: z.literal("b"), b: z.int() }),
]);
const wider = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("a"), a: z.string().nullable() }),
  z.object({ kind: z.literal("b"), b: z.int() }),
  z.object({ kind: z.literal("c") }),
]);

test.each<[string, string[], string[]]>([
  [
    "a procedure removed",
    breakingChanges(contract({}), { ...contract({}), procedures: [] }),
    ["a.b: is gone"],
  ],
  ["a query made a mutation", between({}, { type: "mutation" }), ["a.b: is a mutation now"]],
  ["another permission", between({}, { permission: "tag.manage" }), ["a.b: needs tag.manage now"]],
  ["one of two permissions", between({}, { permission: "ticket.open" }), ["a.b: needs ticket.open now"]],
  [
    "a permission for what was public",
    between({ permission: "public" }, { permission: "signed_in" }),
    ["a.b: needs signed_in now"],
  ],
  [
    "a refusal added",
    between({}, { refusals: ["tag.in_use", "tag.unknown"] }),
    ["a.b: can be refused with tag.unknown"],
  ],
  [
    "a refusal of every call",
    breakingChanges(contract({}), { ...contract({}), commonRefusals: ["auth.required", "rate.limited"] }),
    ["every procedure: can be refused with rate.limited"],
  ],
  ["an input now required", inputs(text(z.string().optional()), one), ["a.b: input a is now required"]],
  ["a new required input", inputs(z.strictObject({}), one), ["a.b: input a is now required"]],
  ["an input removed", inputs(one, z.strictObject({})), ["a.b: input a is no longer taken"]],
  ["an input that may no longer be left out", inputs(one.optional(), one), [NEEDED]],
  ["an input with a default that has none", inputs(one.default({ a: "" }), one), [NEEDED]],
  ["an input where there was none", between({ input: null }, { input: one }), ["a.b: the input is new"]],
  ["no input any more", between({ input: one }, { input: null }), ["a.b: the input is no longer taken"]],
  [
    "an end that comes sooner",
    between({ deprecated: ending("2027-12-31") }, { deprecated: ending("2027-06-30") }),
    ["a.b: may be gone from 2027-06-30 on, not 2027-12-31"],
  ],
  ["an input of another type", inputs(one, text(z.int())), ["a.b: input a no longer takes string"]],
  [
    "an input no longer null",
    inputs(text(z.string().nullable()), one),
    ["a.b: input a no longer takes null"],
  ],
  [
    "a shorter text",
    inputs(text(z.string().max(9)), text(z.string().max(8))),
    ["a.b: input a has the maxLength 8 now"],
  ],
  [
    "a text now with a least length",
    inputs(one, text(z.string().min(1))),
    ["a.b: input a has the minLength 1 now"],
  ],
  [
    "a smaller number",
    inputs(text(z.int().max(9)), text(z.int().max(8))),
    ["a.b: input a has the maximum 8 now"],
  ],
  [
    "a shorter list",
    inputs(text(z.array(z.int())), text(z.array(z.int()).max(3))),
    ["a.b: input a has the maxItems 3 now"],
  ],
  ["a pattern", inputs(one, text(z.string().regex(/^x/))), ["a.b: input a has another pattern now"]],
  ["a format", inputs(one, text(z.uuid())), ["a.b: input a has to be of the format uuid"]],
  [
    "an input's value removed",
    inputs(text(z.enum(["x", "y"])), text(z.enum(["x"]))),
    ['a.b: input a no longer takes "y"'],
  ],
  ["a text made an enum", inputs(one, text(z.enum(["x"]))), ['a.b: input a takes "x" only']],
  [
    "deep in a list",
    inputs(text(z.array(one)), text(z.array(text(z.int())))),
    ["a.b: input a[].a no longer takes string"],
  ],
  [
    "values of a record",
    inputs(text(z.record(z.string(), z.string())), text(z.record(z.string(), z.int()))),
    ["a.b: input a.* no longer takes string"],
  ],
  ["an output removed", outputs(leaf, z.object({})), ["a.b: output a is gone"]],
  [
    "an optional output removed",
    outputs(z.object({ a: z.string().optional() }), z.object({})),
    ["a.b: output a is gone"],
  ],
  [
    "an output now optional",
    outputs(leaf, z.object({ a: z.string().optional() })),
    ["a.b: output a may now be left out"],
  ],
  [
    "an output now null",
    outputs(leaf, z.object({ a: z.string().nullable() })),
    ["a.b: output a may now be null"],
  ],
  [
    "an output of another type",
    outputs(leaf, z.object({ a: z.int() })),
    ["a.b: output a may now be integer"],
  ],
  [
    "a whole number made any number",
    outputs(z.object({ a: z.int() }), z.object({ a: z.number() })),
    ["a.b: output a may now be number"],
  ],
  ["a new value of an output", outputs(z.enum(["x"]), z.enum(["x", "y"])), ['a.b: output may now be "y"']],
  [
    "an output that loses its format",
    outputs(z.object({ a: z.uuid() }), leaf),
    ["a.b: output a is no longer of the format uuid"],
  ],
  [
    "another member of a union",
    outputs(kinds, wider),
    ["a.b: output a may now be null", "a.b: output may now be object"],
  ],
  ["one of two objects at once", outputs(both, leaf), ["a.b: output b is gone"]],
  [
    "a tree that loses a field",
    outputs(deeper, tree),
    ["a.b: output size is gone", "a.b: output below[].size is gone"],
  ],
])("breaking: %s", (_, found, expected) => {
  expect(found.slice(0, 2)).toEqual(expected);
});

test.each<[string, string[]]>([
  ["nothing at all", between({}, {})],
  ["a new procedure", breakingChanges({ ...contract({}), procedures: [] }, contract({}))],
  ["one permission more", between({}, { permission: "ticket.open | ticket.take | tag.manage" })],
  ["open to everybody", between({ permission: "signed_in" }, { permission: "public" })],
  ["a refusal less", between({}, { refusals: [] })],
  ["a refusal that every call has", between({}, { refusals: ["tag.in_use", "auth.required"] })],
  ["an input that may be left out now", inputs(one, one.optional())],
  [
    "an input that may be left out, where there was none",
    between({ input: null }, { input: one.optional() }),
  ],
  ["a deprecation", between({}, { deprecated: ending("2027-12-31") })],
  [
    "an end that comes later",
    between({ deprecated: ending("2027-06-30") }, { deprecated: ending("2027-12-31") }),
  ],
  ["an optional input", inputs(z.strictObject({}), text(z.string().optional()))],
  ["an input with a default", inputs(z.strictObject({}), text(z.string().default("x")))],
  ["an input no longer required", inputs(one, text(z.string().optional()))],
  ["an input that may be null", inputs(one, text(z.string().nullable()))],
  ["a longer text", inputs(text(z.string().max(8)), text(z.string().max(9)))],
  ["one more value of an input", inputs(text(z.enum(["x"])), text(z.enum(["x", "y"])))],
  ["an enum made a text", inputs(text(z.enum(["x"])), one)],
  ["a whole number made any number, taken", inputs(text(z.int()), text(z.number()))],
  ["one more output", outputs(leaf, z.object({ a: z.string(), b: z.int() }))],
  ["an output no longer null", outputs(z.object({ a: z.string().nullable() }), leaf)],
  ["an output that is always there", outputs(z.object({ a: z.string().optional() }), leaf)],
  ["one value of an output less", outputs(z.enum(["x", "y"]), z.enum(["x"]))],
  ["a member less", outputs(wider, kinds)],
  ["nothing of what is two objects at once", outputs(both, both)],
  ["two objects at once made one", outputs(both, z.object({ a: z.string(), b: z.int() }))],
  ["a longer list answered", outputs(z.array(leaf).max(3), z.array(leaf).max(5))],
  ["a tree with one more field", outputs(tree, deeper)],
])("harmless: %s", (_, found) => {
  expect(found).toEqual([]);
});

test("a breaking change passes when it is declared with a reason; what is declared must have changed", () => {
  const declared = (text: string) => undeclared(["a.b: is gone"], [readDeclaration("x.md", text)]);
  expect(undeclared(["a.b: is gone"], [])).toEqual(["not declared: a.b: is gone"]);
  expect(declared("# A\n\n- a.b: is gone\n\nNobody called it for a year.\n")).toEqual([]);
  expect(declared("- a.b: is gone\n")).toEqual(["x.md gives no reason"]);
  expect(declared("- a.b: is gone\n- a.c: is gone\n\nWhy.")).toEqual([
    "x.md declares what did not change: a.c: is gone",
  ]);
});

test("a declared line may stand for one change of many answers, never for changes of another kind", () => {
  const changes = [
    'a.b: output permissions[] may now be "x"',
    'c.d: output user.permissions[] may now be "x"',
    'a.b: output permissions[] may now be "y"',
  ];
  const declared = (text: string) => undeclared(changes, [readDeclaration("x.md", text)]);
  expect(declared('- *permissions[] may now be "x"\n\nWhy.')).toEqual([`not declared: ${changes[2]}`]);
  expect(declared('- *permissions[] may now be "?"\n\nWhy.')).toHaveLength(4);
  expect(declared("- *permissions[] may *\n\nWhy.")).toContain(
    "x.md declares too much at once: *permissions[] may *",
  );
});
