import type { HelpdeskApi } from "@helpdesk/client";
import { builtInScenarios } from "@helpdesk/db";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";

/** Read before there is a server to be held up by it. */
const ours = await builtInScenarios();

let server: TestServer;
let petra: HelpdeskApi, ben: HelpdeskApi;

beforeAll(async () => {
  server = await startServer();
  [petra, ben] = [(await server.as("petra")).api, (await server.as("ben")).api];
});
afterAll(() => server[Symbol.asyncDispose]());

const offered = async () => (await ben.scenarios.list.query({ limit: 100 })).items;
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: { data?: { refusal: unknown } }) => error.data?.refusal ?? error,
  );

/** A text like a built-in scenario of another key. */
const textOf = (change: Record<string, unknown>): string =>
  stringify({ ...ours[0]!.definition, prerequisites: [], ...change });
const draft = async (change: Record<string, unknown>) =>
  petra.scenarios.create.mutate({ yaml: textOf(change) });
test("every organization starts with all scenarios of our own, offered, under the digest of their files", async () => {
  const known = ours.map(({ definition, definitionHash }) => ({
    key: definition.id,
    hash: definitionHash,
  }));
  expect(known.length).toBeGreaterThan(1);
  const rows = await server.resources.sql<{ slug: string; key: string; hash: string }[]>`
    select o.slug, s.key, s.definition_hash as hash from scenarios s join organizations o on o.id = s.organization_id
    where s.state = 'active' and s.author_id is null order by o.slug, s.key`;
  expect(rows.filter(({ slug }) => slug === "demo").map(({ key, hash }) => ({ key, hash }))).toEqual(known);
  expect(rows.filter(({ slug }) => slug === "northwind")).toHaveLength(known.length);
});

describe("a text", () => {
  test("becomes a draft with the digest that check says, and as JSON the same", async () => {
    const yaml = textOf({ id: "drafted" });
    const checked = await petra.scenarios.check.mutate({ yaml });
    expect(checked).toMatchObject({ problems: [], key: "drafted" });
    expect(await petra.scenarios.check.mutate({ yaml: JSON.stringify(parse(yaml), null, "\t") })).toEqual(
      checked,
    );
    const made = await petra.scenarios.create.mutate({ yaml });
    expect(made).toMatchObject({ key: "drafted", state: "draft", definitionHash: checked.definitionHash });
    expect((await offered()).map(({ key }) => key)).not.toContain("drafted");
    expect(await refusalOf(ben.scenarios.get.query({ scenarioId: made.id }))).toEqual({
      code: "scenario.not_found",
    });
    expect(await petra.scenarios.get.query({ scenarioId: made.id })).toMatchObject({ key: "drafted" });
  });

  test("is learned from as our own are: the same phrases make the weights that are shipped", async () => {
    const { id } = await draft({ id: "learned" });
    const [row] = await server.resources.sql<
      { weights: unknown }[]
    >`select weights from scenarios where id = ${id}`;
    expect(row!.weights).toEqual(ours[0]!.weights);
  });

  test("comes back as YAML that is the same scenario", async () => {
    const { id } = await draft({ id: "there-and-back" });
    const { yaml, definitionHash } = await petra.scenarios.definition.query({ scenarioId: id });
    const again = yaml.replace(/^version: \d+$/m, "version: 99");
    expect(await petra.scenarios.check.mutate({ yaml })).toMatchObject({ definitionHash });
    expect(await petra.scenarios.check.mutate({ yaml: again })).toMatchObject({ problems: [], revision: 99 });
  });

  test("that is wrong says what and in which line", async () => {
    const right = textOf({ id: "wrong" });
    const problemsOf = async (yaml: string) =>
      (await refusalOf(petra.scenarios.create.mutate({ yaml }))) as { code: string; problems: object[] };
    const lineOf = (yaml: string, start: string) =>
      yaml.split("\n").findIndex((line) => line.startsWith(start)) + 1;

    const unknown = right.replace(/^passMark: .*$/m, "passMark: 700");
    expect(await problemsOf(unknown)).toMatchObject({
      code: "scenario.invalid",
      problems: [{ path: "passMark", line: lineOf(right, "passMark:") }],
    });
    expect(await problemsOf(`${right}surprise: 1\n`)).toMatchObject({ problems: [{ path: "" }] });
    expect(await problemsOf(`${right}passMark: 70\n`)).toMatchObject({
      problems: [{ line: right.split("\n").length }],
    });
    const lint = right.replace(/^ {2}answer: .*$/m, "  answer: nonsense");
    expect(await problemsOf(lint)).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ path: "rootCause.answer", line: lineOf(right, "  answer:") }),
      ]),
    });
    expect(await problemsOf("hello")).toMatchObject({ problems: [{ path: "" }] });
    expect(await problemsOf(right.replace(/^prerequisites: .*$/m, "prerequisites: [nowhere]"))).toMatchObject(
      {
        problems: [{ path: "prerequisites", message: "There is no scenario nowhere." }],
      },
    );
  });

  test.each([
    ["references that multiply", (text: string) => `${text}a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n`],
    ["tags", (text: string) => `${text}a: !!js/function "x"\n`],
    ["keys twice", (text: string) => `${text}title: Again\n`],
    ["nesting without end", (text: string) => `${text}a: ${"[".repeat(100_000)}\n`],
    ["mappings without end", (text: string) => `${text}a: ${"{a: ".repeat(40_000)}\n`],
    ["characters that cannot be stored", (text: string) => text.replace(/^title: .*$/m, 'title: "A\\0B"')],
    ["keys that are no names", (text: string) => `${text}? [a, b]\n: 1\n`],
    ["prototypes", (text: string) => `${text}__proto__: {isAdmin: true}\n`],
  ])("with %s is refused", async (_, change) => {
    const yaml = change(textOf({ id: "hostile" }));
    expect(await refusalOf(petra.scenarios.create.mutate({ yaml }))).toMatchObject({
      code: "scenario.invalid",
    });
  });

  test("of a revision that is not higher than the last is refused, at once too", async () => {
    await draft({ id: "versions", version: 5 });
    expect(await refusalOf(draft({ id: "versions", version: 5 }))).toEqual({
      code: "scenario.version_taken",
      version: 5,
    });
    const six = await Promise.all([1, 2].map(() => refusalOf(draft({ id: "versions", version: 6 }))));
    expect(six.filter((refusal) => refusal === null)).toHaveLength(1);
    expect(six.filter((refusal) => refusal !== null)).toEqual([
      { code: "scenario.version_taken", version: 6 },
    ]);
    const { items } = await petra.scenarios.revisions.query({ key: "versions", limit: 1 });
    expect(items).toMatchObject([{ revision: 6, author: { name: "Petra Vogel" } }]);
  });
});

test("a trainee's page has no word of the cast, the facts, the cause or the tools", async () => {
  for (const { id } of await offered()) {
    const page = JSON.stringify(await ben.scenarios.get.query({ scenarioId: id }));
    const { definition } = await petra.scenarios.definition.query({ scenarioId: id });
    const { cast, facts, rootCause, tools } = definition as unknown as Definition;
    const from = String((definition as unknown as Definition).ticket.from);
    const secrets = [
      ...cast.flatMap(({ id: castId, role, name }) => [
        `"${castId}"`,
        `"${role}"`,
        ...(from.includes(name) ? [] : [name]),
      ]),
      ...Object.values(facts)
        .map(({ value }) => value)
        .filter((value) => !from.includes(value) && value.length > 4),
      ...Object.values(rootCause.options),
      ...Object.values(tools).map(({ result }) => result),
    ];
    expect(secrets.filter((secret) => page.includes(secret))).toEqual([]);
  }
});

interface Definition {
  ticket: { from: string };
  cast: { id: string; role: string; name: string }[];
  facts: Record<string, { value: string }>;
  rootCause: { options: Record<string, string> };
  tools: Record<string, { result: string }>;
}
