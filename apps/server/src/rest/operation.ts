import { type RefusalCode, commonRefusals } from "@helpdesk/domain";
import { deprecationText } from "../calls/deprecation.ts";
import type { Problems } from "./problem-document.ts";
import { styleOf } from "./query.ts";
import { type Route, operationIdOf } from "./route.ts";
import { type Schema, type Shape, definitionOf, shapeOf } from "./shape.ts";

import { type Node, refTo } from "./reference.ts";

/** What an operation's body is called. */
export const bodyNameOf = (operationId: string): string => `${capitalized(operationId)}Body`;
export const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** One operation of the document. @param answer the name of the schema it answers with; null where it answers nothing. */
export function operationOf(
  route: Route,
  { answer, answerSchema, problems }: { answer: string | null; answerSchema: Schema; problems: Problems },
): Node {
  const shape = shapeOf(route);
  const { type, meta } = definitionOf(route.procedure);
  const operationId = operationIdOf(route);
  const isPublic = meta.access === "public";
  const isVersioned = answerSchema.properties?.["version"] !== undefined && !route.isVersionOfAnother;
  return {
    operationId,
    summary: route.summary,
    description: describedBy(meta.access) + (meta.deprecated ? ` ${deprecationText(meta.deprecated)}` : ""),
    ...(meta.deprecated && { deprecated: true }),
    tags: [route.tag],
    ...(isPublic && { security: [] }),
    ...listed("parameters", [
      ...parametersOf(shape),
      ...(shape.isVersioned ? [refTo("parameters", "IfMatch")] : []),
      ...(route.method === "GET" && isVersioned ? [refTo("parameters", "IfNoneMatch")] : []),
      ...(type === "mutation" && !isPublic ? [refTo("parameters", "IdempotencyKey")] : []),
    ]),
    ...(shape.body && {
      requestBody: {
        required: shape.body.required.length > 0,
        content: { "application/json": { schema: refTo("schemas", bodyNameOf(operationId)) } },
      },
    }),
    responses: {
      ...success(route, answer, { isVersioned, isPage: "nextCursor" in (answerSchema.properties ?? {}) }),
      ...problems.of(refusalsOf(route), route.path),
      ...(shape.isVersioned && { 428: refTo("responses", "IfMatchNeeded") }),
      ...(shape.body && { 413: refTo("responses", "TooLarge"), 415: refTo("responses", "NotJson") }),
      500: refTo("responses", "Defect"),
    },
  };
}

const listed = (name: string, list: Node[]): Node => (list.length > 0 ? { [name]: list } : {});

const describedBy = (access: string): string =>
  access === "public"
    ? "For anybody."
    : access === "signed_in"
      ? "For anybody who is signed in."
      : `Needs ${access
          .split(" | ")
          .map((permission) => `\`${permission}\``)
          .join(" or ")}.`;

function parametersOf({ path, query, requiredQuery }: Shape): Node[] {
  return [
    ...Object.entries(path).map(([name, schema]) => ({ name, in: "path", required: true, schema })),
    ...Object.entries(query).map(([name, schema]) => ({
      name,
      in: "query",
      ...(requiredQuery.includes(name) && { required: true }),
      ...(styleOf(schema) === "json"
        ? { content: { "application/json": { schema } } }
        : { schema: named(schema) }),
    })),
  ];
}

/** A URL has no null: what may be null is left out. */
function named({ anyOf, ...rest }: Schema): Schema {
  const present = anyOf?.filter(({ type }) => type !== "null");
  if (!present) return rest;
  return present.length === 1 ? { ...rest, ...present[0]! } : { ...rest, anyOf: present };
}

interface Answered {
  isVersioned: boolean;
  isPage: boolean;
}

function success({ method, made }: Route, answer: string | null, { isVersioned, isPage }: Answered): Node {
  if (answer === null) return { 204: { description: "Done." } };
  const headers = {
    ...(isVersioned && { ETag: refTo("headers", "ETag") }),
    ...(made && { Location: refTo("headers", "Location") }),
    ...(isPage && { Link: refTo("headers", "Link") }),
  };
  return {
    [made ? 201 : 200]: {
      description: made ? "Made." : "Done.",
      ...(Object.keys(headers).length > 0 && { headers }),
      content: { "application/json": { schema: refTo("schemas", answer) } },
    },
    ...(method === "GET" && isVersioned && { 304: { description: "As it was read." } }),
  };
}

/** The refusals that a route can answer. */
export function refusalsOf({ procedure }: Pick<Route, "procedure">): RefusalCode[] {
  const { type, meta } = definitionOf(procedure);
  const never: RefusalCode[] = [
    ...(meta.access === "public"
      ? (["auth.required", "permission.denied", "idempotency.key_reused"] as const)
      : []),
    ...(meta.access === "signed_in" ? (["permission.denied"] as const) : []),
    ...(type === "mutation" ? [] : (["idempotency.key_reused"] as const)),
  ];
  return [...new Set([...commonRefusals.filter((code) => !never.includes(code)), ...meta.refusals])];
}
