import { readFile, readdir, stat, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { type Declarations, declareContract, packClient } from "@helpdesk/contract";
import { isRefusal } from "@helpdesk/client";
import { startServer } from "@helpdesk/testing/server";
import { publint } from "publint";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callsOfEach } from "../budget/client.ts";
import { limits } from "../budget/limits.ts";
import { ratio } from "../budget/report.ts";
import { serverFigures } from "../budget/server.ts";
import { differencesFromServer } from "../declare/equal.ts";
import { EmptyProject } from "./empty-project.fixtures.ts";

let declarations: Declarations;
let paths: string[][];
let packed: string;
let project: EmptyProject;
let readme: string;

beforeAll(async () => {
  declarations = declareContract();
  paths = declarations.procedures.map(({ path }) => path);
  packed = await mkdtemp(join(tmpdir(), "helpdesk-packed-"));
  await packClient(packed, declarations);
  project = await EmptyProject.of(packed);
  const text = await readFile(join(project.dir, "node_modules/@helpdesk/client/README.md"), "utf8");
  readme = /```ts\n([\s\S]*?)```/.exec(text)![1]!;
});

afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
  await rm(packed, { recursive: true, force: true });
});

test("the flat declarations are the server's types, procedure by procedure: what differs is found, and nothing else", async () => {
  expect(paths.length).toBeGreaterThan(150);
  const { text } = declarations;
  const wrong = text.replace(/(\bunmerge: Mutation<[\s\S]*?) \| "ticket.not_merged"/, "$1");
  expect(wrong).not.toBe(text);
  const found = await differencesFromServer(wrong, paths);
  expect(found.map((line) => /^export const (\w+)/.exec(line)?.[1] ?? line)).toEqual([
    "refusaltickets_unmerge",
  ]);
});

test("publint and attw find nothing in the tarball", async () => {
  const { messages } = await publint({ pkgDir: packed, strict: true });
  expect(messages).toEqual([]);
  const result = await checkPackage(
    createPackageFromTarballData(new Uint8Array(await readFile(await project.tarball()))),
  );
  if (!result.types) throw new Error("attw found no types");
  // It is a package of modules alone: CommonJS reads it by `require` of modules, or not at all.
  const problems = result.problems.filter(
    (problem) =>
      !(
        problem.kind === "CJSResolvesToESM" ||
        ("resolutionKind" in problem && problem.resolutionKind === "node10")
      ),
  );
  expect(problems).toEqual([]);
});

test("what is installed is modules and their declarations: no source, no test and no name of the workspace's own packages", async () => {
  expect((await stat(await project.tarball())).size).toBeLessThan(200_000);
  const installed = join(project.dir, "node_modules/@helpdesk/client");
  const files = (await readdir(installed, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  );
  const names = files.map(({ parentPath, name }) => relative(installed, join(parentPath, name)));
  const known = /^(package\.json|README\.md|dist\/(?!.*\.(test|fixtures)\.).*\.(js|d\.ts))$/;
  expect(names.filter((name) => !known.test(name))).toEqual([]);
  for (const entry of ["index", "node/index", "react/index", "testing/index", "schemas/index"])
    expect(names).toEqual(expect.arrayContaining([`dist/${entry}.js`, `dist/${entry}.d.ts`]));
  for (const name of names)
    expect(await readFile(join(installed, name), "utf8"), name).not.toMatch(
      /workspace:|catalog:|@helpdesk\/(server|domain|db)\b|from "drizzle|from "[^"]*\.tsx?"/,
    );
});

test.each(["typescript", "typescript-5"] as const)(
  "with %s the README's example type-checks; a wrong input, a missing refusal and a mistyped answer are one error each",
  async (compiler) => {
    const errorsOf = async (more: string) => {
      const { errors } = await project.check(readme + more, compiler);
      return errors.map((line) => /error (TS\d+)/.exec(line)?.[1]);
    };
    expect((await project.check(readme, compiler, false)).errors).toEqual([]);

    expect(await errorsOf(`tickets.take.mutate({ ticketId: ticket.id });`)).toEqual([]);
    expect(await errorsOf(`tickets.take.mutate({ ticketId: 7 });`)).toEqual(["TS2322"]);
    expect(await errorsOf(`tickets.take.mutate({ ticketId: ticket.id, version: 1 });`)).toEqual(["TS2353"]);

    expect(await errorsOf(`export const text: string = ticket.title;`)).toEqual([]);
    expect(await errorsOf(`export const count: number = ticket.title;`)).toEqual(["TS2322"]);
    expect(await errorsOf(`ticket.titel;`)).toEqual(["TS2551"]);

    expect(await errorsOf(words("ticket.not_merged"))).toEqual([]);
    expect(await errorsOf(words())).toEqual(["TS2741"]);
    expect(await errorsOf(words("ticket.not_merged", "tag.in_use"))).toEqual(["TS2353"]);
  },
);

/** A text for each refusal that `tickets.unmerge` can answer, but for what is left out. */
function words(...more: string[]): string {
  const { text } = declarations;
  const unmerge = /\bunmerge: Mutation<[\s\S]*?, ("[^<>]*")>;/.exec(text)![1]!;
  const common = /CommonRefusalCode = (.*);/.exec(text)![1]!;
  const codes = [...`${unmerge} | ${common}`.matchAll(/"([^"]+)"/g)].map((match) => match[1]!);
  expect(codes).toContain("ticket.not_merged");
  const named = [...codes.filter((code) => code !== "ticket.not_merged"), ...more];
  const entries = named.map((code) => `${JSON.stringify(code)}: ""`).join(", ");
  return `import type { RefusalsOf } from "@helpdesk/client";
    export const words: Record<RefusalsOf<"tickets.unmerge">["code"], string> = { ${entries} };`;
}

test("the README's example runs against a live server", async () => {
  await using server = await startServer();
  const printed = await project.run(readme.replaceAll("http://127.0.0.1:4000", server.url));
  expect(printed).toMatch(/^#\d+ is open\nrefused: it is at version 1\n$/);
});

test("a form's schema judges as the server does, and knows no server", async () => {
  const samples = [
    { title: "A", description: "" },
    { title: " ", description: "" },
    { description: "" },
    { title: "A", description: "", priority: "soon" },
    { title: "A", description: "", departmentId: null },
    { title: "A\u0000", description: "" },
    { title: "A", description: "", unknown: 1 },
    { title: "a".repeat(301), description: "" },
    { templateId: "0190a0a0-0000-7000-8000-000000000000" },
    { templateId: "mine" },
  ];
  await using server = await startServer();
  const { api } = await server.as("nora");
  const judged = await Promise.all(
    samples.map((sample) =>
      api.tickets.open.mutate(sample as never).then(
        () => [],
        (error: unknown) =>
          isRefusal(error, "input.invalid") ? error.data.refusal.issues.map(({ path }) => path) : [],
      ),
    ),
  );
  const printed = await project.run(`import { ticketsOpenInput } from "@helpdesk/client/schemas";
    const judged = ${JSON.stringify(samples)}.map((sample) => {
      const { success, error } = ticketsOpenInput.safeParse(sample);
      return success ? [] : error.issues.map(({ path }) => path);
    });
    console.log(JSON.stringify(judged));`);
  expect(JSON.parse(printed)).toEqual(judged);
  expect(judged.map((issues) => issues.length > 0)).toEqual([
    false,
    true,
    true,
    true,
    false,
    true,
    true,
    true,
    false,
    true,
  ]);

  const form = `import { ticketsOpenInput } from "@helpdesk/client/schemas";
    import { createHelpdeskClient } from "@helpdesk/client";
    const { api } = createHelpdeskClient({ url: "" });
    await api.tickets.open.mutate(ticketsOpenInput.parse({}));`;
  expect((await project.check(form)).errors).toEqual([]);
  expect((await project.check(form.replace("tickets.open", "tickets.take"))).errors).toHaveLength(1);
});

test("server, client and a program that calls every procedure keep their budgets, and the example's reads no file of the server, drizzle or zod", async () => {
  const { procedures, text } = declarations;
  const all = await project.check(
    `import type { HelpdeskApi } from "@helpdesk/client";\ndeclare const api: HelpdeskApi;\n${callsOfEach(procedures)}`,
  );
  const example = await project.check(readme);
  const server = await serverFigures();
  const bytes = Buffer.byteLength(text);
  console.log(
    `${paths.length} procedures, ${bytes} bytes; ` +
      `the README's example: ${example.files.length} files, ${example.instantiations} instantiations, ${example.checkMs} ms; ` +
      `a call of each: ${all.instantiations} instantiations, ${all.checkMs} ms; ` +
      `the server: ${server.declarationBytes} bytes, ${server.instantiations} instantiations, ${server.checkMs} ms, ${ratio(server, all)} times the client's`,
  );
  expect(all.errors).toEqual([]);
  expect(all.instantiations / paths.length).toBeLessThanOrEqual(limits.client.instantiationsPerCall);
  expect(example.instantiations / paths.length).toBeLessThanOrEqual(limits.client.instantiationsPerProcedure);
  expect(bytes / paths.length).toBeLessThanOrEqual(limits.client.declarationBytesPerProcedure);
  expect(server.instantiations / paths.length).toBeLessThanOrEqual(limits.server.instantiationsPerProcedure);
  expect(server.declarationBytes / paths.length).toBeLessThanOrEqual(
    limits.server.declarationBytesPerProcedure,
  );
  const strangers = example.files.filter(
    (file) => !/\/node_modules\/(@helpdesk\/client|@trpc\/(client|server))\/|\/src\/main\.ts$/.test(file),
  );
  expect(strangers).toEqual([]);
  expect(example.files.length).toBeLessThanOrEqual(limits.client.files);
});
