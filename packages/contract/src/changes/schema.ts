/** A JSON Schema, as far as contracts use it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  not?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema | boolean;
  prefixItems?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minItems?: number;
  maxItems?: number;
  $defs?: Record<string, Schema>;
}

/** Finds what a `$ref` names, in the document it stands in. */
export type Resolve = (schema: Schema) => Schema;

/** References below `#/`, by the document that they are in. */
export function resolverOf(document: unknown): Resolve {
  return (schema) => {
    if (schema.$ref === undefined) return schema;
    const parts = schema.$ref.replace(/^#\/?/, "").split("/").filter(Boolean);
    let found = document;
    for (const part of parts) {
      const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
      found = (found as Record<string, unknown> | undefined)?.[name];
    }
    if (found === undefined) throw new Error(`Nothing is at ${schema.$ref}.`);
    return found as Schema;
  };
}

const bases = ["string", "number", "integer", "boolean", "null", "array", "object"];

/** The schemas of which a value has to satisfy one; an `enum` is one for each value. */
export function alternatives(given: Schema, resolve: Resolve): Schema[] {
  const schema = given.$ref === undefined ? given : resolve(given);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.flatMap((one) => alternatives(one, resolve));
  const together = schema.allOf && mergedObject(schema.allOf, resolve);
  if (together) return [together];
  if (schema.enum) return schema.enum.map((value) => ({ const: value }));
  if (Array.isArray(schema.type)) return schema.type.map((type) => ({ ...schema, type }));
  return [schema];
}

/** Objects that a value is all of, as one; null where they are not plain objects. */
function mergedObject(parts: Schema[], resolve: Resolve): Schema | null {
  const each = parts.flatMap((part) => alternatives(part, resolve));
  if (each.length !== parts.length || each.some((part) => kindOf(part) !== "object")) return null;
  return {
    type: "object",
    properties: Object.assign({}, ...each.map(({ properties }) => properties)) as Record<string, Schema>,
    required: [...new Set(each.flatMap(({ required = [] }) => required))],
  };
}

/** What kind of JSON value it is of, or `anything`. */
export function kindOf(schema: Schema): string {
  if ("const" in schema) return schema.const === null ? "null" : typeof schema.const;
  if (typeof schema.type === "string" && bases.includes(schema.type)) return schema.type;
  if (schema.properties ?? schema.additionalProperties) return "object";
  return schema.not ? "nothing" : "anything";
}

/** For people. */
export const nameOf = (schema: Schema): string =>
  "const" in schema ? JSON.stringify(schema.const) : kindOf(schema);
