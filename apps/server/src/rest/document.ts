import { z } from "zod";
import { fileOperations } from "./file-operations.ts";
import { names } from "./names.ts";
import { bodyNameOf, capitalized, operationOf } from "./operation.ts";
import { problemsOfDocument } from "./problem-document.ts";
import { sharedSchemas, sharedParts } from "./shared-parts.ts";
import { PREFIX, type Route, operationIdOf } from "./route.ts";
import { type Schema, definitionOf, openly, shapeOf } from "./shape.ts";
import { table } from "./table.ts";

const about = `The help desk and its training ground for callers in any language.

- **Sign in** with \`POST /auth/sign-in\` and send \`Authorization: Bearer <accessToken>\`; renew it with \`POST /auth/refresh\`.
- **Changes** of what has a version need \`If-Match\`: the \`ETag\` of the last answer, or the \`version\` of a list's item in quotes. If somebody was faster, the answer is 412.
- **Retries** are safe with an \`Idempotency-Key\` of one's own making: the same key gets the same answer.
- **Lists** take \`limit\` and \`cursor\`; the next page is at \`nextCursor\` and in the \`Link\` header.
- **Errors** are problem details (RFC 9457): \`refusal.code\` says which one it is, \`type\` leads to its explanation.`;

/** The OpenAPI 3.1 document of `/api/v1`. */
export function openApiDocument(): object {
  const answers = answerSchemas();
  const bodies: Record<string, Schema> = {};
  const problems = problemsOfDocument();
  const paths: Record<string, Record<string, unknown>> = fileOperations(problems);
  for (const route of table) {
    const answer = answers.nameOf(route);
    const answerSchema = answer === null ? {} : answers.schemas[answer]!;
    const operation = operationOf(route, { answer, answerSchema, problems });
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation;
    const { body } = shapeOf(route);
    if (body) bodies[bodyNameOf(operationIdOf(route))] = bodySchema(body);
  }
  return {
    openapi: "3.1.0",
    info: { title: "HelpDesk Pro", version: "1", description: about },
    servers: [{ url: PREFIX }],
    security: [{ token: [] }],
    tags: [...new Set(table.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: sorted(paths),
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: sorted({ ...answers.schemas, ...bodies, ...sharedSchemas }),
      ...sharedParts,
      ...problems.components(),
    },
  };
}

const bodySchema = ({
  properties,
  required,
}: {
  properties: Record<string, Schema>;
  required: string[];
}): Schema => ({
  type: "object",
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});

/** What operations answer with: by the names of `names.ts`, or else by the operation's. */
function answerSchemas() {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(names)) registry.add(schema, { id });
  const outputOf = (route: Route) => definitionOf(route.procedure).output;
  for (const route of table) {
    const output = outputOf(route);
    if (!(output instanceof z.ZodNull) && !registry.has(output))
      registry.add(output, { id: `${capitalized(operationIdOf(route))}Answer` });
  }
  const { schemas } = z.toJSONSchema(registry, {
    io: "output",
    unrepresentable: "any",
    uri: (id) => `#/components/schemas/${id}`,
    override: openly,
  });
  return {
    schemas: Object.fromEntries(
      Object.entries(schemas).map(([id, schema]) => {
        const plain = { ...schema };
        delete plain.$schema;
        delete plain.$id;
        return [id, plain as Schema];
      }),
    ),
    nameOf: (route: Route): string | null => registry.get(outputOf(route))?.id ?? null,
  };
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
