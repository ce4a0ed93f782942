import { expect, test } from "vitest";
import { printContract } from "./print.ts";
import type { DeclaredProcedure } from "./read.ts";
import type { Shape } from "./shape.ts";

const text = (value: string): Shape => ({ kind: "text", text: value });
const query = (path: string[]): DeclaredProcedure => ({
  path,
  type: "query",
  input: text("void"),
  output: text("string"),
  refusals: [],
  inputSource: null,
});

test("a deprecated procedure is declared as such, with its end and what takes its place; its neighbour is not", () => {
  const declared = {
    procedures: [query(["old"]), query(["fresh"])],
    refusal: text("never"),
    refusals: new Map(),
    uploadView: { kind: "object", properties: [], indexes: [], text: "{}" } satisfies Shape,
    uploadRefusals: [],
    names: new Map(),
  };
  const printed = printContract(declared, [], (path) =>
    path === "old"
      ? {
          permission: "public",
          deprecated: { since: "2026-01-01", sunset: "2027-01-01", useInstead: "fresh" },
        }
      : { summary: "Is new", permission: "public" },
  );
  expect(printed).toContain(`  /**
   * Permission: public.
   * @deprecated Since 2026-01-01; may be gone from 2027-01-01 on. Use \`fresh\`.
   */
  old: Query<void, string, never>;
  /** Is new. Permission: public. */
  fresh: Query<void, string, never>;`);
});
