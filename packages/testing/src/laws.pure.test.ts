import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const sources = globSync("{apps,packages}/*/src/**/*.ts", { cwd: root }).map((path) => ({
  path,
  text: readFileSync(join(root, path), "utf8"),
}));
const product = sources.filter(({ path }) => !path.endsWith(".test.ts"));

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");

const breaking = (law: RegExp, files: typeof sources): string[] =>
  files.filter(({ text }) => law.test(withoutComments(text))).map(({ path }) => path);

test("the sources are found, or the laws below would hold for nothing", () => {
  expect(product.length).toBeGreaterThan(50);
});

test("time, ids and randomness come from runtime.ts alone", () => {
  const ambient =
    /Date\.now\(|new Date\(\)|Temporal\.Now|Math\.random\(|randomUUID|getRandomValues|performance\.now\(|\{[^}]*\brandom(Bytes|Int|Fill)[^}]*\} from "node:crypto"/;
  const governed = product.filter(
    ({ path }) =>
      /^(packages\/domain|packages\/db|apps\/server)\//.test(path) && path !== "apps/server/src/runtime.ts",
  );
  expect(breaking(ambient, governed)).toEqual([]);
  expect(breaking(ambient, [{ path: "x", text: "const at = Date.now();" }])).toEqual(["x"]);
  const salt = 'import { argon2, randomBytes } from "node:crypto";';
  expect(breaking(ambient, [{ path: "x", text: salt }])).toEqual(["x"]);
});

test("statements get the instant as a parameter, never now()", () => {
  const statements = product.filter(({ path }) => path.startsWith("packages/db/src/repositories/"));
  expect(breaking(/\bnow\(\)|current_timestamp|clock_timestamp/i, statements)).toEqual([]);
});

test("no file is longer than 300 lines", () => {
  const long = sources.filter(({ text }) => text.split("\n").length > 301);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test("no folder is named for what it is not about", () => {
  const vague = /\/(utils?|helpers?|common|services?|mappers?|misc|shared|lib)(\/|$)/;
  expect(sources.filter(({ path }) => vague.test(dirname(path))).map(({ path }) => path)).toEqual([]);
});
