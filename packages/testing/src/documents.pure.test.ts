import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const documents = globSync(["*.md", "docs/**/*.md"], { cwd: root }).map((path) => ({
  path,
  text: readFileSync(join(root, path), "utf8"),
}));

/** Paths in backticks that begin with a folder of ours, and relative link targets. */
function pathsIn({ path, text }: { path: string; text: string }): string[] {
  const quoted = [...text.matchAll(/`((?:apps|packages|docs|docker|\.ci)\/[^`\s]*)`/g)].map(
    ([, named]) => named ?? "",
  );
  const links = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, named]) =>
    join(dirname(path), named ?? ""),
  );
  return [...quoted, ...links].filter((named) => !/[*{<]|NNNN|…/.test(named));
}

test("there are documents to check", () => {
  expect(documents.map(({ path }) => path)).toContain("AGENTS.md");
  expect(pathsIn({ path: "docs/a.md", text: "`packages/db/src` [b](b.md) `packages/*/src`" })).toEqual([
    "packages/db/src",
    "docs/b.md",
  ]);
});

test("every path a document names exists", () => {
  const missing = documents.flatMap((document) =>
    pathsIn(document)
      .filter((named) => !existsSync(join(root, named)))
      .map((named) => `${document.path}: ${named}`),
  );
  expect(missing).toEqual([]);
});

test("every pnpm command a document names exists", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  const builtIn = new Set(["install", "exec", "dlx", "add", "approve", "patch", "run"]);
  const unknown = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/`[^`\n]*?pnpm(?:@12)? (?:-s )?([a-z][\w:-]*)/g)]
      .map(([, name]) => name ?? "")
      .filter((name) => !builtIn.has(name) && !Object.hasOwn(scripts, name))
      .map((name) => `${path}: pnpm ${name}`),
  );
  expect(unknown).toEqual([]);
});
