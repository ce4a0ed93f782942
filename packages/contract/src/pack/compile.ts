import { execFile } from "node:child_process";
import { cp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** The compiler of TypeScript 7, run as it is everywhere. */
export const tsc = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "bin",
  "tsc",
);

const options = {
  target: "es2023",
  lib: ["esnext", "dom", "dom.iterable"],
  module: "nodenext",
  jsx: "react-jsx",
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
  skipLibCheck: true,
  declaration: true,
  sourceMap: false,
};

/** Compiles the client's sources against declarations in place of the server's types, so that what is published is what was checked. */
export async function compileClient(clientDir: string, contract: string, outDir: string): Promise<void> {
  const staged = join(clientDir, "dist", `staged-${process.pid}`);
  try {
    await cp(join(clientDir, "src"), join(staged, "src"), {
      recursive: true,
      filter: (path) => !/\.test\.tsx?$|\.fixtures\.tsx?$/.test(path),
    });
    await writeFile(join(staged, "src", "contract.ts"), contract);
    const config = { compilerOptions: { ...options, rootDir: "src", outDir }, include: ["src"] };
    await writeFile(join(staged, "tsconfig.json"), JSON.stringify(config));
    await promisify(execFile)(process.execPath, [tsc, "-p", staged], { maxBuffer: 1 << 24 }).catch(
      (error: { stdout?: string }) => {
        throw new Error(`The client does not compile against the flat declarations:\n${error.stdout}`);
      },
    );
    await rewriteDeclarations(outDir);
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/** The compiler rewrites `.ts` specifiers in JavaScript only. */
async function rewriteDeclarations(outDir: string): Promise<void> {
  for (const file of await readdir(outDir, { recursive: true })) {
    if (!file.endsWith(".d.ts")) continue;
    const path = join(outDir, file);
    const text = await readFile(path, "utf8");
    const rewritten = text.replaceAll(/((?:from|import)\s*\(?\s*")(\.{1,2}\/[^"]+)\.tsx?"/g, '$1$2.js"');
    if (rewritten !== text) await writeFile(path, rewritten);
  }
}
