import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

interface PackageJson {
  name: string;
  version: string;
  exports: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** What the registry gets: built files for sources, versions for `catalog:`. */
export async function publishedPackageJson(root: string): Promise<Record<string, unknown>> {
  const source = JSON.parse(
    await readFile(join(root, "packages/client/package.json"), "utf8"),
  ) as PackageJson;
  const { catalog } = parse(await readFile(join(root, "pnpm-workspace.yaml"), "utf8")) as {
    catalog: Record<string, string>;
  };
  const peers = { ...source.peerDependencies, zod: "catalog:" };
  return {
    name: source.name,
    version: source.version,
    description: "The typed client of HelpDesk Pro",
    type: "module",
    sideEffects: false,
    engines: { node: ">=20" },
    exports: {
      ...Object.fromEntries(Object.entries(source.exports).map(([entry, file]) => [entry, built(file)])),
      "./schemas": built("./src/schemas/index.ts"),
      "./package.json": "./package.json",
    },
    files: ["dist"],
    // tRPC's client takes the server of its own version alone, so the two are never of different ones.
    dependencies: versioned(source.dependencies, catalog, ""),
    peerDependencies: versioned(peers, catalog, "^"),
    // Each is for one entry: who does not import that needs none of it.
    peerDependenciesMeta: Object.fromEntries(Object.keys(peers).map((name) => [name, { optional: true }])),
  };
}

function built(file: string): { types: string; default: string } {
  const path = file.replace(/^\.\/src\//, "./dist/").replace(/\.tsx?$/, "");
  return { types: `${path}.d.ts`, default: `${path}.js` };
}

function versioned(
  dependencies: Record<string, string> = {},
  catalog: Record<string, string>,
  mark: "" | "^",
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dependencies).map(([name, range]) => {
      if (range !== "catalog:") {
        if (range.includes(":")) throw new Error(`${name} is ${range}: nobody else can install that.`);
        return [name, range];
      }
      const version = catalog[name];
      if (version === undefined) throw new Error(`The catalog has no ${name}.`);
      return [name, mark + version];
    }),
  );
}
