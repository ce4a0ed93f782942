import type { Schema } from "./shape.ts";

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A schema as people read types, in HTML; what has a name is a link to it. */
export function schemaText(schema: Schema, indent = ""): string {
  const { description, ...bare } = schema;
  if (typeof description === "string") return `${schemaText(bare, indent)} <i>${escaped(description)}</i>`;
  const ref = schema["$ref"];
  if (typeof ref === "string") {
    const name = ref.slice(ref.lastIndexOf("/") + 1);
    return `<a href="#${escaped(name)}">${escaped(name)}</a>`;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((each) => schemaText(each, indent)).join(" | ");
  if (schema.allOf) return schema.allOf.map((each) => schemaText(each, indent)).join(" &amp; ");
  if (schema.const !== undefined) return escaped(JSON.stringify(schema.const));
  if (schema.enum) return schema.enum.map((value) => escaped(JSON.stringify(value))).join(" | ");
  if (schema.type === "array") return `Array&lt;${schemaText(schema.items ?? {}, indent)}&gt;`;
  if (schema.type === "object" || schema.properties) return objectText(schema, indent);
  return escaped([schema.type].flat().join(" | ") || "anything") + limitsOf(schema);
}

function objectText(
  { properties = {}, required = [], additionalProperties }: Schema,
  indent: string,
): string {
  const deeper = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, schema]) =>
      `${deeper}${escaped(name)}${required.includes(name) ? "" : "?"}: ${schemaText(schema, deeper)}`,
  );
  if (typeof additionalProperties === "object" && additionalProperties !== null)
    lines.push(`${deeper}[name]: ${schemaText(additionalProperties as Schema, deeper)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}

const limits = ["format", "minLength", "maxLength", "minimum", "maximum", "pattern"] as const;

function limitsOf(schema: Schema): string {
  const said = limits.flatMap((limit) => {
    const value = schema[limit];
    const isNoLimit = typeof value === "number" && Math.abs(value) === Number.MAX_SAFE_INTEGER;
    if (value === undefined || isNoLimit) return [];
    return [typeof value === "string" && limit === "format" ? value : `${limit} ${JSON.stringify(value)}`];
  });
  return said.length === 0 ? "" : ` <i>${escaped(said.join(", "))}</i>`;
}
