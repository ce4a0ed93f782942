import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { tsc } from "../pack/compile.ts";

const packageDir = fileURLToPath(new URL("../..", import.meta.url));

/** One line a procedure and side: the type on it is `true`, or the line does not compile. */
const sides = (path: string[]): string[] => {
  const at = path.map((name) => `[${JSON.stringify(name)}]`).join("");
  return [
    `export const input${path.join("_")}: Same<Declared.In${at}, Inferred.In${at}> = true;`,
    `export const output${path.join("_")}: Same<Declared.Out${at}, Inferred.Out${at}> = true;`,
    `export const refusal${path.join("_")}: Same<Refused<DeclaredRecord${at}>, Refused<InferredRecord${at}>> = true;`,
    `export const type${path.join("_")}: Same<DeclaredRecord${at}["_def"]["type"], InferredRecord${at}["_def"]["type"]> = true;`,
  ];
};

const proof = (paths: readonly string[][]): string => `
import type { AppRouter as InferredRouter, UploadRefusalCode as InferredUploadRefusal, UploadView as InferredUpload } from "@helpdesk/server";
import type { Refusal as InferredRefusal } from "@helpdesk/domain";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter as DeclaredRouter, Refusal as DeclaredRefusal, UploadRefusalCode as DeclaredUploadRefusal, UploadView as DeclaredUpload } from "./contract.ts";

type Plain = string | number | boolean | bigint | symbol | null | undefined;
type Deep<T> = T extends Plain ? T : T extends AsyncIterable<infer Item> ? { each: Deep<Item> } : { [Key in keyof T]: Deep<T[Key]> };
type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Same<A, B> = Identical<Deep<A>, Deep<B>>;
type Refused<P> = P extends { _def: { $types: { errorShape: { data: { refusal: infer R } } } } } ? R : "none";
namespace Declared { export type In = inferRouterInputs<DeclaredRouter>; export type Out = inferRouterOutputs<DeclaredRouter> }
namespace Inferred { export type In = inferRouterInputs<InferredRouter>; export type Out = inferRouterOutputs<InferredRouter> }
type DeclaredRecord = DeclaredRouter["_def"]["record"];
type InferredRecord = InferredRouter["_def"]["record"];

export const upload: Same<DeclaredUpload, InferredUpload> = true;
export const uploadRefusal: Same<DeclaredUploadRefusal, InferredUploadRefusal> = true;
export const refusals: Same<DeclaredRefusal, InferredRefusal> = true;
export const procedures: Same<keyof DeclaredRecord, keyof InferredRecord> = true;
${paths.flatMap(sides).join("\n")}
`;

/** What the compiler has against these declarations being the server's types, procedure by procedure: nothing, where they are. */
export async function differencesFromServer(contract: string, paths: readonly string[][]): Promise<string[]> {
  const dir = join(packageDir, "dist", `equal-${process.pid}`);
  const text = proof(paths);
  await mkdir(dir, { recursive: true });
  try {
    await writeFile(join(dir, "contract.ts"), contract);
    await writeFile(join(dir, "proof.ts"), text);
    const compilerOptions = {
      target: "esnext",
      lib: ["esnext"],
      module: "nodenext",
      types: ["node"],
      strict: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      noEmit: true,
      allowImportingTsExtensions: true,
    };
    await writeFile(join(dir, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["proof.ts"] }));
    await promisify(execFile)(process.execPath, [tsc, "-p", dir, "--pretty", "false"], {
      maxBuffer: 1 << 26,
    });
    return [];
  } catch (error) {
    const { stdout = "" } = error as { stdout?: string };
    const lines = text.split("\n");
    return stdout
      .split("\n")
      .filter((problem) => problem !== "")
      .map((problem) => lines[Number(/proof\.ts\((\d+),/.exec(problem)?.[1]) - 1] ?? problem);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
