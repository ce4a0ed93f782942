import { Validator } from "@seriousme/openapi-schema-validator";
import { commonRefusals } from "@helpdesk/domain";
import { expect, test } from "vitest";
import { refusalAnswers } from "../refusal-answers.ts";
import { writtenDocument } from "./document-routes.ts";

interface Operation {
  operationId: string;
  responses: Record<string, { $ref?: string; content?: Record<string, { examples?: object }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
}

const text = writtenDocument();
const document = JSON.parse(text) as Document;
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

test("the document is valid OpenAPI 3.1, and a document with a fault is not", async () => {
  expect(await new Validator().validate(JSON.parse(text))).toEqual({ valid: true });
  const faulty = { ...document, paths: { "/x": { get: { responses: 5 } } } };
  expect((await new Validator().validate(faulty)).valid).toBe(false);
});

test("every reference of the document leads somewhere, and every component is referred to", () => {
  const referred = new Set([...text.matchAll(/"\$ref": "#\/components\/([^"]+)"/g)].map(([, name]) => name!));
  const known = Object.entries(document.components)
    .filter(([kind]) => kind !== "securitySchemes")
    .flatMap(([kind, parts]) => Object.keys(parts).map((name) => `${kind}/${name}`));
  expect([...referred].filter((name) => !known.includes(name))).toEqual([]);
  expect(known.filter((name) => !referred.has(name))).toEqual([]);
  expect(text).not.toContain("#/$defs/");
});

test("every refusal has an example somewhere, and every operation says how it is refused", () => {
  const shown = new Set(
    Object.keys(document.components["examples"]!).map((name) => name.replace(/\.4\d\d$/, "")),
  );
  const streamed = ["stream.limit_reached"];
  expect(Object.keys(refusalAnswers).filter((code) => !shown.has(code) && !streamed.includes(code))).toEqual(
    [],
  );
  expect(commonRefusals.length).toBeGreaterThan(5);
  const mute = operations.filter(({ responses }) => !responses[400] || !responses[429] || !responses[500]);
  expect(mute.map(({ operationId }) => operationId)).toEqual([]);
});
