import { commonRefusals, permissions } from "@helpdesk/domain";
import type { AnyProcedure } from "@trpc/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { uploadRefusals } from "./attachments/http.ts";
import { importUploadRefusals } from "./imports/http.ts";
import { manifest } from "./manifest.ts";
import { refusalAnswers } from "./refusal-answers.ts";
import { appRouter } from "./router.ts";
import type { Meta } from "./trpc.ts";

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, AnyProcedure>).map(
  ([path, procedure]) => ({
    path,
    ...(procedure._def as unknown as { meta?: Meta; inputs: z.ZodType[]; output?: z.ZodType }),
  }),
);

/** Procedures that need nobody to be signed in. A new one is a decision: it is added here by hand. */
const reviewedPublic = [
  "auth.acceptInvitation",
  "auth.exchangeKey",
  "auth.refresh",
  "auth.requestPasswordReset",
  "auth.resetPassword",
  "auth.signIn",
  "auth.verifyEmail",
  "certificates.verify",
  "helpCenter.feedback",
  "helpCenter.get",
  "helpCenter.getBySlug",
  "helpCenter.list",
  "helpCenter.recordView",
  "helpCenter.search",
  "helpCenter.suggest",
  "helpCenter.tree",
  "ratings.look",
  "ratings.rate",
];

test("the router has procedures, or the laws below would hold for nothing", () => {
  expect(procedures.length).toBeGreaterThan(25);
});

test("every procedure declares who may call it, and it is a permission that exists", () => {
  const known = new Set<string>([...permissions, "public", "signed_in"]);
  expect(
    procedures
      .filter(({ meta }) => !meta || !meta.access.split(" | ").every((access) => known.has(access)))
      .map(({ path }) => path),
  ).toEqual([]);
});

test("only the reviewed procedures are open to everybody", () => {
  const open = procedures.filter(({ meta }) => meta?.access === "public").map(({ path }) => path);
  expect(open.toSorted()).toEqual(reviewedPublic);
});

test("every procedure has exactly one input, and it refuses unknown keys at every depth", () => {
  const lax = procedures.filter(
    ({ inputs }) =>
      inputs.length !== 1 || !isStrict(z.toJSONSchema(inputs[0]!, { io: "input", unrepresentable: "any" })),
  );
  expect(lax.map(({ path }) => path)).toEqual([]);
  expect(isStrict(z.toJSONSchema(z.object({ a: z.string() }), { io: "input" }))).toBe(false);
});

test("every procedure declares its output", () => {
  expect(procedures.filter(({ output }) => !(output instanceof z.ZodType)).map(({ path }) => path)).toEqual(
    [],
  );
});

test("every text of an input has a length it may not pass", () => {
  const unbounded = manifest().flatMap(({ path, input }) =>
    unboundedTexts(input).map((place) => `${path}${place}`),
  );
  expect(unbounded).toEqual([]);
  expect(unboundedTexts(z.toJSONSchema(z.object({ a: z.string() })))).toEqual([".properties.a"]);
});

test("every refusal a procedure declares is in the table, once, and is not one that all can answer", () => {
  const wrong = procedures.flatMap(({ path, meta }) => {
    const codes: readonly string[] = meta?.refusals ?? [];
    const bad = codes.filter(
      (code, i) =>
        !(code in refusalAnswers) ||
        codes.indexOf(code) !== i ||
        (commonRefusals as readonly string[]).includes(code),
    );
    return bad.map((code) => `${path}: ${code}`);
  });
  expect(wrong).toEqual([]);
});

test("every refusal in the table is answered by some procedure", () => {
  const answered = new Set<string>([
    ...commonRefusals,
    ...uploadRefusals,
    ...importUploadRefusals,
    ...procedures.flatMap(({ meta }) => meta?.refusals ?? []),
  ]);
  expect(Object.keys(refusalAnswers).filter((code) => !answered.has(code))).toEqual([]);
});

test("the manifest names every procedure with JSON Schemas", () => {
  const listed = manifest();
  expect(listed.map(({ path }) => path)).toEqual(procedures.map(({ path }) => path).toSorted());
  for (const { output } of listed) expect(output).toMatchObject({ $schema: expect.any(String) });
});

type Schema = Record<string, unknown>;

function isStrict(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return true;
  const { type, additionalProperties } = schema as Schema;
  if (type === "object" && additionalProperties !== false && typeof additionalProperties !== "object")
    return false;
  return Object.values(schema).every(isStrict);
}

const boundedFormats = new Set(["uuid", "date-time", "date", "email"]);

function unboundedTexts(schema: unknown, place = ""): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { type, maxLength, format, enum: values, const: value } = schema as Schema;
  const isBounded =
    maxLength !== undefined ||
    values !== undefined ||
    value !== undefined ||
    boundedFormats.has(String(format));
  if (type === "string" && !isBounded) return [place];
  return Object.entries(schema).flatMap(([key, part]) => unboundedTexts(part, `${place}.${key}`));
}
