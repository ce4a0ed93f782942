import type { AnyProcedure } from "@trpc/server";
import { z } from "zod";
import { appRouter } from "../router.ts";
import type { Meta } from "../trpc.ts";
import { type Route, parametersOf } from "./route.ts";

/** A JSON Schema, as far as it is looked into here. */
export interface Schema {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  [keyword: string]: unknown;
}

interface Definition {
  type: "query" | "mutation" | "subscription";
  meta: Meta;
  inputs: z.ZodType[];
  output: z.ZodType;
}

const procedures = appRouter._def.procedures as unknown as Record<string, AnyProcedure>;

export const definitionOf = (path: string): Definition => procedures[path]!._def as unknown as Definition;

/** Where the fields of a procedure's input come from in a request of its route. */
export interface Shape {
  path: Record<string, Schema>;
  /** Those of a field that is spread stand among them. */
  query: Record<string, Schema>;
  /** Null where there is no body. */
  body: { properties: Record<string, Schema>; required: string[] } | null;
  requiredQuery: string[];
  spread: readonly string[];
  /** Whether `If-Match` gives the input's `version`. */
  isVersioned: boolean;
}

/** Formats say what their patterns say. */
const plainly = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
};

/** Of answers: there may be more in them one day. */
export const openly = (context: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  plainly(context);
  if (context.jsonSchema.additionalProperties === false) delete context.jsonSchema.additionalProperties;
};

/** Of inputs: what is said where a field is left out. As a `default`, generators would have callers say it. */
const plainlyAsked = (context: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  plainly(context);
  const { jsonSchema } = context;
  if (jsonSchema.default === undefined) return;
  jsonSchema.description = `Left out: ${JSON.stringify(jsonSchema.default)}.`;
  delete jsonSchema.default;
};

const inputSchemaOf = (procedure: string): Schema =>
  z.toJSONSchema(definitionOf(procedure).inputs.at(-1)!, {
    io: "input",
    unrepresentable: "any",
    override: plainlyAsked,
  }) as Schema;

export function shapeOf(route: Route): Shape {
  const { properties = {}, required = [] } = merged(inputSchemaOf(route.procedure));
  const inPath = parametersOf(route.path);
  const isVersioned = "version" in properties && route.method !== "GET";
  const rest = Object.entries(properties).filter(
    ([name]) => !inPath.includes(name) && !(isVersioned && name === "version"),
  );
  const spread = route.spread === undefined ? {} : (properties[route.spread]!.properties ?? {});
  const isBodiless = route.method === "GET" || route.method === "DELETE";
  const names = new Set(rest.map(([name]) => name));
  const wanted = required.filter((name) => names.has(name));
  return {
    path: Object.fromEntries(inPath.map((name) => [name, properties[name]!])),
    query: isBodiless
      ? { ...Object.fromEntries(rest.filter(([name]) => name !== route.spread)), ...spread }
      : {},
    requiredQuery: isBodiless ? wanted : [],
    body: isBodiless || rest.length === 0 ? null : { properties: Object.fromEntries(rest), required: wanted },
    spread: Object.keys(spread),
    isVersioned,
  };
}

/** An input that may be left out is an object all the same. */
const merged = (schema: Schema): Schema => {
  if (schema.properties || !schema.anyOf) return schema;
  return schema.anyOf.find(({ properties }) => properties) ?? schema;
};
