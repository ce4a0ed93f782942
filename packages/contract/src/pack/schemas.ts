import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { type DeclaredProcedure, type InputSource, pascal } from "../declare/read.ts";

/** `ticketsOpenInput` */
const schemaName = (path: readonly string[]): string =>
  path.map((name, at) => (at === 0 ? name : pascal(name))).join("") + "Input";

interface Sourced {
  path: readonly string[];
  source: InputSource;
}

/** Writes the input schemas of all procedures as a module: the server's own, without the server. */
export async function writeSchemas(procedures: readonly DeclaredProcedure[], outDir: string): Promise<void> {
  const sourced: Sourced[] = procedures.flatMap(({ path, inputSource, input }) => {
    if (inputSource) return [{ path, source: inputSource }];
    if (input.text === "void" || input.text === "undefined") return [];
    throw new Error(`The schema of ${path.join(".")} is not written where its procedure is.`);
  });
  await mkdir(outDir, { recursive: true });
  await bundle(sourced, outDir);
  const lines = sourced.map(({ path }) => {
    const name = path.join(".");
    return `/** The input of \`${name}\`. */\nexport declare const ${schemaName(path)}: InputSchema<${JSON.stringify(name)}>;`;
  });
  const head = `import type { ZodType } from "zod";
import type { InputOf, ProcedurePath } from "../types.js";

/** What the server judges an input by; what it parses can be sent as it is. */
export type InputSchema<Path extends ProcedurePath> = ZodType<InputOf<Path>, InputOf<Path>>;
`;
  await writeFile(join(outDir, "index.d.ts"), `${head}\n${lines.join("\n")}\n`);
}

async function bundle(sourced: readonly Sourced[], outDir: string): Promise<void> {
  const files = Map.groupBy(sourced, ({ source }) => source.file);
  const entry = [...files]
    .map(
      ([file, own]) =>
        `export { ${own.map(({ path }) => schemaName(path)).join(", ")} } from ${JSON.stringify(file + SUFFIX)};`,
    )
    .join("\n");
  const build = await rolldown({
    input: { index: ENTRY },
    external: /^(zod|node:)/,
    platform: "neutral",
    resolve: { mainFields: ["module", "main"], conditionNames: ["import", "default"] },
    // Schemas have no effects but to be made: what no schema needs is left out.
    treeshake: { moduleSideEffects: false },
    plugins: [schemasOnly(entry, files)],
    logLevel: "silent",
  });
  const { output } = await build.write({ dir: outDir, format: "esm", minify: false });
  await build.close();
  const code = output.map((chunk) => (chunk.type === "chunk" ? chunk.code : "")).join("\n");
  const imported = [...code.matchAll(/^import\b.*?["']([^"']+)["'];$/gm)].map((match) => match[1]!);
  const strangers = imported.filter((name) => name !== "zod");
  if (strangers.length > 0) throw new Error(`The schemas would bring ${strangers.join(", ")} with them.`);
}

const ENTRY = "helpdesk:schemas";
const SUFFIX = ".schemas.ts";

/** Reads a file of routes as what its schemas need: everything but the routes, and each schema under a name. */
function schemasOnly(entry: string, files: ReadonlyMap<string, Sourced[]>): Plugin {
  return {
    name: "schemas-only",
    resolveId: (id) => (id === ENTRY || files.has(id.slice(0, -SUFFIX.length)) ? id : null),
    async load(id) {
      if (id === ENTRY) return entry;
      const own = files.get(id.slice(0, -SUFFIX.length));
      if (!own) return null;
      const text = await readFile(own[0]!.source.file, "utf8");
      const statements = new Map(own.map(({ source }) => [source.statement[0], source.statement[1]]));
      let kept = text;
      for (const [start, end] of [...statements].toSorted(([a], [b]) => b - a))
        kept = kept.slice(0, start) + kept.slice(end);
      const schemas = own.map(
        ({ path, source }) => `export const ${schemaName(path)} = ${source.expression};`,
      );
      return { code: `${kept}\n${schemas.join("\n")}`, moduleType: "ts" };
    },
  };
}
