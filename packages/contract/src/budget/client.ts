import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Declarations } from "../declare/declare.ts";
import { type Figures, measured, strict } from "./figures.ts";

const clientDir = fileURLToPath(new URL("../../../client/", import.meta.url));
const verbs: Record<string, string> = { query: "query", mutation: "mutate", subscription: "subscribe" };

/** A statement for each procedure that calls it, by a client called `api`. */
export const callsOfEach = (procedures: Declarations["procedures"], api = "api"): string =>
  procedures
    .map(({ path, type }) => {
      const args = type === "subscription" ? "{} as never, {}" : "{} as never";
      return `export const ${[api, ...path].join("_")} = ${[api, ...path, verbs[type]].join(".")}(${args});`;
    })
    .join("\n");

/** What a program costs that calls each procedure of as many such contracts, no two of which share a type. */
export async function clientFigures(
  { text, procedures }: Declarations,
  copies = 1,
): Promise<Figures & { procedures: number; declarationBytes: number }> {
  const folder = join(clientDir, "dist", `budget-${process.pid}`);
  const all = Array.from({ length: copies }, (_, index) => index);
  await mkdir(folder, { recursive: true });
  try {
    for (const copy of all) await writeFile(join(folder, `contract${copy}.ts`), text);
    const clients = all.map(
      (copy) => `import type { AppRouter as Router${copy} } from "./contract${copy}.ts";
declare const api${copy}: TRPCClient<Router${copy}>;
${callsOfEach(procedures, `api${copy}`)}`,
    );
    await writeFile(
      join(folder, "main.ts"),
      `import type { TRPCClient } from "@trpc/client";\n${clients.join("\n")}\n`,
    );
    const compilerOptions = { ...strict, noEmit: true, types: [] };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
    const figures = await measured(folder);
    const declarationBytes = Buffer.byteLength(text) * copies;
    return { ...figures, procedures: procedures.length * copies, declarationBytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
