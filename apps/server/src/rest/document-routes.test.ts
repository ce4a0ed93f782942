import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusalAnswers } from "../refusal-answers.ts";

let server: TestServer;
beforeAll(async () => void (server = await startServer()));
afterAll(() => server[Symbol.asyncDispose]());

/** A machine that is overloaded says so for a while. */
async function read(path: string): Promise<Response> {
  for (;;) {
    const answer = await fetch(server.url + path);
    if (answer.status !== 503) return answer;
    await sleep(200);
  }
}

test("the server serves the document as it is committed", async () => {
  const served = await read("/openapi.json");
  expect(served.headers.get("content-type")).toMatch(/^application\/json\b/);
  const committed = await readFile(new URL("../../../../docs/openapi.json", import.meta.url), "utf8");
  expect((await served.text()) === committed).toBe(true);
});

test.each(["/docs", "/docs/errors"])("%s names no other host and may ask none", async (path) => {
  const page = await read(path);
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).not.toMatch(/(?:https?:)?\/\/[a-z0-9]/i);
  expect(html).not.toMatch(/<(?:script|link|img|iframe|object)\b/i);
  expect(page.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+';/,
  );
});

test("the reference shows every operation, and problems lead to a heading that is there", async () => {
  const document = await (await read("/openapi.json")).text();
  const operations = [...document.matchAll(/"operationId": "(\w+)"/g)].map(([, id]) => id!);
  expect(operations.length).toBeGreaterThan(150);
  const reference = await (await read("/docs")).text();
  expect(operations.filter((id) => !reference.includes(`id="${id}"`))).toEqual([]);
  const errors = await (await read("/docs/errors")).text();
  expect(Object.keys(refusalAnswers).filter((code) => !errors.includes(`<h2 id="${code}">`))).toEqual([]);
});
