import { commonRefusals } from "@helpdesk/domain";
import { manifest } from "@helpdesk/server";
import type { Contract } from "./procedures.ts";

/** What an answer may be is not limited by these: whoever reads it does not rely on them. */
const limits = new Set(["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "default"]);

/** The contract of the router as it runs, without what nobody relies on. */
export const currentContract = (): Contract => ({
  commonRefusals,
  procedures: manifest().map((procedure) => ({
    ...procedure,
    input: essential(procedure.input, false),
    output: essential(procedure.output, true),
  })),
});

function essential(schema: unknown, isOutput: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((item) => essential(item, isOutput));
  if (typeof schema !== "object" || schema === null) return schema;
  // What a subscription tells, one message after another.
  if ("messages" in schema) return { type: "array", items: essential(schema.messages, isOutput) };
  const entries = Object.entries(schema).filter(
    ([name, value]) =>
      typeof value === "object" ||
      !(
        name === "$schema" ||
        (name === "pattern" && (isOutput || "format" in schema)) ||
        (isOutput && limits.has(name))
      ),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, essential(value, isOutput)]));
}

/** One line a procedure, so that a change is a line. */
export const contractText = ({ commonRefusals: common, procedures }: Contract): string =>
  `{"commonRefusals":${JSON.stringify(common)},"procedures":[\n${procedures
    .map((procedure) => JSON.stringify(procedure))
    .join(",\n")}\n]}\n`;
