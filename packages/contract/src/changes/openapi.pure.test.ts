import { expect, test } from "vitest";
import { type Document, breakingRestChanges } from "./openapi.ts";

const ticket = {
  type: "object",
  properties: { id: { type: "string" }, title: { type: "string" } },
  required: ["id"],
};
const operation = {
  parameters: [
    { name: "id", in: "path", required: true, schema: { type: "string" } },
    { name: "limit", in: "query", schema: { type: "integer", maximum: 100 } },
  ],
  requestBody: {
    required: true,
    content: { "application/json": { schema: { $ref: "#/components/schemas/Ticket" } } },
  },
  responses: {
    "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/Ticket" } } } },
    "404": {},
  },
};
const documentOf = (more: object = {}, schema: object = ticket, path = "/tickets/{id}", method = "patch") =>
  ({
    paths: { [path]: { [method]: { ...operation, ...more } } },
    components: { schemas: { Ticket: schema } },
  }) as Document;

const changes = (...after: Parameters<typeof documentOf>) =>
  breakingRestChanges(documentOf(), documentOf(...after));
const name = "PATCH /tickets/{id}";
const [id, limit] = operation.parameters as [object, object];

test.each<[string, string[], string[]]>([
  ["another path", changes({}, ticket, "/ticket/{id}"), ["is gone"]],
  ["another method", changes({}, ticket, "/tickets/{id}", "put"), ["is gone"]],
  ["a parameter removed", changes({ parameters: [id] }), ["query limit is no longer taken"]],
  [
    "a parameter now required",
    changes({ parameters: [id, { ...limit, required: true }] }),
    ["query limit is now required"],
  ],
  [
    "a new required parameter",
    changes({ parameters: [id, limit, { name: "if-match", in: "header", required: true }] }),
    ["header if-match is now required"],
  ],
  [
    "a parameter narrowed",
    changes({ parameters: [id, { ...limit, schema: { type: "integer", maximum: 50 } }] }),
    ["query limit has the maximum 50 now"],
  ],
  [
    "a status removed",
    changes({ responses: { "204": {}, "404": {} } }),
    ["no longer answers 200", "may now answer 204"],
  ],
  ["a status added", changes({ responses: { ...operation.responses, "409": {} } }), ["may now answer 409"]],
  [
    "another media type",
    changes({ requestBody: { required: true, content: { "text/csv": {} } } }),
    ["the body is no longer taken as application/json"],
  ],
  [
    "a shared schema's field removed",
    changes({}, { ...ticket, properties: { id: { type: "string" } }, additionalProperties: false }),
    ["body title is no longer taken", "answer 200 title is gone"],
  ],
  [
    "a shared schema's field required",
    changes({}, { ...ticket, required: ["id", "title"] }),
    ["body title is now required"],
  ],
])("breaking: %s", (_, found, expected) => {
  expect(found).toEqual(expected.map((what) => `${name}: ${what}`));
});

test.each<[string, string[]]>([
  ["nothing", changes()],
  ["an optional parameter", changes({ parameters: [id, limit, { name: "cursor", in: "query" }] })],
  ["an error less", changes({ responses: { "200": operation.responses["200"] } })],
  [
    "one more optional field",
    changes({}, { ...ticket, properties: { ...ticket.properties, more: { type: "string" } } }),
  ],
])("harmless: %s", (_, found) => {
  expect(found).toEqual([]);
});
