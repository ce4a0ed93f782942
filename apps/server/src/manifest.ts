import type { AnyProcedure } from "@trpc/server";
import { z } from "zod";
import type { Deprecation } from "./calls/deprecation.ts";
import { appRouter } from "./router.ts";
import type { Meta } from "./trpc.ts";

/** A procedure as others see it. Input and output are JSON Schemas; input is null where there is none. */
export interface ProcedureManifest {
  path: string;
  type: "query" | "mutation" | "subscription";
  /** `public`, `signed_in`, or permissions of which one is needed, with ` | ` between. */
  permission: string;
  refusals: readonly string[];
  input: unknown;
  output: unknown;
  /** Whether it may be called without any input; left out where not. */
  isInputOptional?: true;
  deprecated?: Deprecation;
}

const schemaOf = (parser: unknown, io: "input" | "output"): unknown =>
  parser instanceof z.ZodType ? z.toJSONSchema(parser, { io, unrepresentable: "any" }) : null;

/** Every procedure of the router by path, in alphabetical order. */
export function manifest(): ProcedureManifest[] {
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, AnyProcedure>);
  return procedures
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, procedure]) => {
      const definition = procedure._def as unknown as {
        type: ProcedureManifest["type"];
        meta: Meta;
        inputs: unknown[];
        output?: unknown;
      };
      const { meta } = definition;
      const input = definition.inputs.at(-1);
      return {
        path,
        type: definition.type,
        permission: meta.access,
        refusals: meta.refusals,
        input: schemaOf(input, "input"),
        output: schemaOf(definition.output, "output"),
        ...(input instanceof z.ZodType && input.safeParse(undefined).success && { isInputOptional: true }),
        ...(meta.deprecated && { deprecated: meta.deprecated }),
      };
    });
}
