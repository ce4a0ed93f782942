import type { Schema } from "./shape.ts";

const kindsOf = (schema: Schema): Set<string> => {
  const kinds = new Set<string>();
  for (const each of schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [])
    for (const kind of kindsOf(each)) kinds.add(kind);
  if (schema.type !== undefined) kinds.add(schema.type);
  for (const value of schema.enum ?? []) kinds.add(typeof value);
  if (schema.const !== undefined) kinds.add(typeof schema.const);
  return kinds;
};

/** How a parameter stands in a URL: as one value, as one for each item, or as JSON. */
export function styleOf(schema: Schema): "value" | "list" | "json" {
  const kinds = kindsOf(schema);
  if (kinds.has("array")) return "list";
  return kinds.has("object") ? "json" : "value";
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** What a text in a URL means where such a schema is asked for. What fits nowhere stays as it is, for the schema to refuse. */
export function meant(text: string, schema: Schema): unknown {
  const kinds = kindsOf(schema);
  if (kinds.has("string")) return text;
  if (kinds.has("object")) return parsed(text);
  if ((kinds.has("integer") || kinds.has("number")) && NUMBER.test(text)) return Number(text);
  if (kinds.has("boolean") && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** The value of a query parameter, given once or several times. */
export function meantBy(given: string | string[], schema: Schema): unknown {
  if (styleOf(schema) === "list") {
    const items = itemsOf(schema);
    return (typeof given === "string" ? [given] : given).map((text) => meant(text, items));
  }
  return typeof given === "string" ? meant(given, schema) : given;
}

const itemsOf = (schema: Schema): Schema =>
  schema.items ?? schema.anyOf?.find(({ items }) => items)?.items ?? {};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
