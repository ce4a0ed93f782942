import { globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

const folders = globSync("{apps,packages}/*/package.json", { cwd: root }).map(dirname);
const manifests = new Map(
  folders.map((folder) => [folder, JSON.parse(read(`${folder}/package.json`)) as Manifest]),
);
const folderOf = (name: string) => folders.find((folder) => manifests.get(folder)!.name === name);

/** What an installation without development has for a package: peers too, where development does not bring them. */
function installed(folder: string): ReadonlySet<string> {
  const { dependencies = {}, devDependencies = {}, peerDependencies = {} } = manifests.get(folder)!;
  const peers = Object.keys(peerDependencies).filter((name) => !(name in devDependencies));
  return new Set([...Object.keys(dependencies), ...peers]);
}

const IMPORT =
  /^\s*(?:import|export)\s(?!type\b)[^;]*?from "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm;
const importsOf = (text: string) =>
  [...text.matchAll(IMPORT)].map(([, from, bare, dynamic]) => ({
    specifier: (from ?? bare ?? dynamic)!,
    isNeeded: dynamic === undefined,
  }));
const packageOf = (specifier: string) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0];

/** From an entry on, whatever is imported and not installed, as "file: package". */
function lacking(entry: string): { read: number; lacks: string[] } {
  const seen = new Set<string>();
  const lacks: string[] = [];
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const folder = path.split("/").slice(0, 2).join("/");
    for (const { specifier, isNeeded } of importsOf(read(path))) {
      const name = packageOf(specifier);
      if (specifier.startsWith(".")) visit(relative(root, join(root, dirname(path), specifier)));
      else if (isBuiltin(specifier)) continue;
      else if (!installed(folder).has(name)) {
        // What is imported where it is used may be a choice, as the embedded PostgreSQL is.
        if (isNeeded) lacks.push(`${path}: ${name}`);
      } else if (folderOf(name)) visit(`${folderOf(name)}/src/index.ts`);
    }
  };
  visit(entry);
  return { read: seen.size, lacks };
}

test.for(["apps/server/src/main.ts", "apps/server/src/worker.ts"])(
  "all that %s imports is there without what development installs",
  (entry) => {
    const { read, lacks } = lacking(entry);
    expect(read).toBeGreaterThan(200);
    expect(lacks).toEqual([]);
  },
);

test("so is all of the command line that a production process is offered", () => {
  const offered = read("apps/cli/src/main.ts").split("runMain(")[1]!;
  const commands = importsOf(offered).map(({ specifier }) => join("apps/cli/src", specifier));
  expect(commands).toContain("apps/cli/src/commands/db.ts");
  expect(commands.flatMap((command) => lacking(command).lacks)).toEqual([]);
});

test("what only development has is noticed", () => {
  expect(lacking("apps/cli/src/commands/dev.ts").lacks).not.toEqual([]);
});
