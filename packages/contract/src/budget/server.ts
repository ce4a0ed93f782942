import { mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Figures, measured, strict } from "./figures.ts";

const serverDir = fileURLToPath(new URL("../../../../apps/server/", import.meta.url));
const sources = join(serverDir, "src");

/**
 * What a program costs that is the server's router, with declarations, or several of it: of each all files of routes
 * are copied, so that no two share the type of a procedure. `declarationBytes` are of the routers.
 */
export async function serverFigures(copies = 1): Promise<Figures & { declarationBytes: number }> {
  const folder = join(serverDir, "dist", `budget-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    const routes = [...(await routesFrom(join(sources, "router.ts")))];
    for (let copy = 0; copy < copies; copy++)
      for (const [file, text] of routes) {
        const to = join(folder, String(copy), relative(sources, file));
        await mkdir(dirname(to), { recursive: true });
        await writeFile(to, text);
      }
    const compilerOptions = {
      ...strict,
      types: ["node"],
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: "/",
      outDir: "out",
    };
    const files = Array.from({ length: copies }, (_, copy) => `${copy}/router.ts`);
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    const figures = await measured(folder);
    return { ...figures, declarationBytes: await sizeOfRouters(join(folder, "out")) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The file and those of routes that it imports, as text that imports everything else from where it is. */
async function routesFrom(file: string, found = new Map<string, string>()): Promise<Map<string, string>> {
  if (found.has(file)) return found;
  const text = await readFile(file, "utf8");
  const imported: string[] = [];
  const moved = text.replaceAll(
    /(from ")(\.{1,2}\/[^"]+)(")/g,
    (all, before: string, name: string, after) => {
      const target = resolve(dirname(file), name);
      if (!target.endsWith("routes.ts")) return `${before}${target}${String(after)}`;
      imported.push(target);
      return all;
    },
  );
  found.set(file, moved);
  for (const target of imported) await routesFrom(target, found);
  return found;
}

async function sizeOfRouters(out: string): Promise<number> {
  const files = (await readdir(out, { recursive: true })).filter((name) =>
    /\/budget-\d+\/\d+\/router\.d\.ts$/.test(`/${name}`),
  );
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(out, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
