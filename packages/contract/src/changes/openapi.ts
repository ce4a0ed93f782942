import { type Way, misfits } from "./fits.ts";
import { lineOf } from "./procedures.ts";
import { type Resolve, type Schema, resolverOf } from "./schema.ts";

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}
interface Content {
  $ref?: string;
  required?: boolean;
  content?: Record<string, { schema?: Schema }>;
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: Content;
  responses?: Record<string, Content>;
}
/** An OpenAPI 3.1 document, as far as it is compared. */
export interface Document {
  paths?: Record<string, Record<string, unknown>>;
}

const methods = ["get", "put", "post", "delete", "patch", "head", "options"];

/** Every change of the document after which a caller that was right may be wrong, as one line each. */
export function breakingRestChanges(before: Document, after: Document): string[] {
  const [from, to] = [resolverOf(before), resolverOf(after)];
  return operationsOf(before).flatMap(({ method, path, operation }) => {
    const name = `${method.toUpperCase()} ${path}`;
    const next = after.paths?.[path]?.[method] as Operation | undefined;
    if (!next) return [`${name}: is gone`];
    const found = [
      ...parameterChanges(operation, next, from, to),
      ...bodyChanges(operation, next, from, to),
      ...responseChanges(operation, next, from, to),
    ];
    return [...new Set(found)].map((what) => `${name}: ${what}`);
  });
}

const operationsOf = (document: Document) =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods
      .filter((method) => method in item)
      .map((method) => ({ method, path, operation: item[method] as Operation })),
  );

function parameterChanges(before: Operation, after: Operation, from: Resolve, to: Resolve): string[] {
  const old = listOf(before, from);
  const now = listOf(after, to);
  const key = (parameter: Parameter) => `${parameter.in} ${parameter.name}`;
  const known = new Map(old.map((parameter) => [key(parameter), parameter]));
  const next = new Map(now.map((parameter) => [key(parameter), parameter]));
  return [
    ...old.filter((one) => !next.has(key(one))).map((one) => `${key(one)} is no longer taken`),
    ...now.flatMap((one) => {
      const previous = known.get(key(one));
      if (one.required && !previous?.required) return [`${key(one)} is now required`];
      if (!previous) return [];
      return fitting("input", key(one), previous.schema, one.schema, from, to);
    }),
  ];
}

const listOf = (operation: Operation, resolve: Resolve): Parameter[] =>
  (operation.parameters ?? []).map((parameter) => resolve(parameter as Schema) as Parameter);

function bodyChanges(before: Operation, after: Operation, from: Resolve, to: Resolve): string[] {
  const old = before.requestBody && (from(before.requestBody as Schema) as Content);
  const now = after.requestBody && (to(after.requestBody as Schema) as Content);
  if (!now) return old ? ["a body is no longer taken"] : [];
  if (now.required && !old?.required) return ["a body is now required"];
  return mediaOf(old).flatMap(([type, { schema }]) => {
    const next = now.content?.[type];
    return next
      ? fitting("input", "body", schema, next.schema, from, to)
      : [`the body is no longer taken as ${type}`];
  });
}

function responseChanges(before: Operation, after: Operation, from: Resolve, to: Resolve): string[] {
  const old = Object.entries(before.responses ?? {});
  const now = after.responses ?? {};
  const found = old.flatMap(([status, given]) => {
    if (!status.startsWith("2")) return [];
    if (!now[status]) return [`no longer answers ${status}`];
    const next = to(now[status] as Schema) as Content;
    return mediaOf(from(given as Schema) as Content).flatMap(([type, { schema }]) => {
      const other = next.content?.[type];
      return other
        ? fitting("output", `answer ${status}`, other.schema, schema, to, from)
        : [`${status} is no longer answered as ${type}`];
    });
  });
  const known = new Set(old.map(([status]) => status));
  const added = Object.keys(now).filter((status) => !known.has(status));
  return [...found, ...added.map((status) => `may now answer ${status}`)];
}

const mediaOf = (content: Content | undefined) => Object.entries(content?.content ?? {});

function fitting(
  way: Way,
  part: string,
  from: Schema | undefined,
  to: Schema | undefined,
  resolveFrom: Resolve,
  resolveTo: Resolve,
): string[] {
  if (!from || !to) return [];
  return misfits(from, to, { from: resolveFrom, to: resolveTo, way }).map((misfit) => lineOf(part, misfit));
}
