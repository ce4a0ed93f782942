import { type AppRouter, manifest } from "@helpdesk/server";
import { expect, expectTypeOf, test } from "vitest";
import { inPieces, withoutKey } from "./procedures.ts";
import type { InputOf, OutputOf, ProcedurePath, RefusalsOf, RouterInputs, RouterOutputs } from "./types.ts";

test("what the client knows of single procedures is what the router has", () => {
  const procedures = manifest();
  const open = procedures.filter(({ type, permission }) => type === "mutation" && permission === "public");
  // A refresh names its caller by the token that it uses.
  expect(withoutKey).toEqual(open.map(({ path }) => path).filter((path) => path !== "auth.refresh"));
  // What comes in pieces has no schema as JSON.
  const formless = procedures.filter(
    ({ type, output }) => type === "mutation" && !/"(type|anyOf|\$ref|oneOf)"/.test(JSON.stringify(output)),
  );
  expect(formless.map(({ path }) => path)).toEqual(inPieces);
});

test("types by path are those of the router", () => {
  expectTypeOf<InputOf<"tickets.open">>().toEqualTypeOf<RouterInputs["tickets"]["open"]>();
  expectTypeOf<OutputOf<"sla.policies.list">>().toEqualTypeOf<RouterOutputs["sla"]["policies"]["list"]>();
  expectTypeOf<"auth.me">().toExtend<ProcedurePath>();
  expectTypeOf<"tickets">().not.toExtend<ProcedurePath>();
  expectTypeOf<keyof AppRouter["_def"]["record"]>().not.toBeNever();
  type Codes = RefusalsOf<"tickets.setStatus">["code"];
  expectTypeOf<"transition.not_allowed">().toExtend<Codes>();
  expectTypeOf<"deadline.exceeded">().toExtend<Codes>();
  expectTypeOf<"user.email_taken">().not.toExtend<Codes>();
});
