import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { tsc } from "../pack/compile.ts";

export interface Figures {
  instantiations: number;
  checkMs: number;
}

/** What `--extendedDiagnostics` printed. */
export function figuresIn(printed: string): Figures {
  const figure = (name: string) => Number(new RegExp(`^${name}: +([\\d.]+)`, "m").exec(printed)?.[1]);
  return { instantiations: figure("Instantiations"), checkMs: figure("Check time") * 1000 };
}

/** Compiles the folder's program by TypeScript 7 with one checker. @throws on errors in it. */
export async function measured(folder: string): Promise<Figures> {
  const args = [tsc, "-p", folder, "--pretty", "false", "--extendedDiagnostics", "--singleThreaded"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 }).catch(
    (error: { stdout?: string }) => {
      throw new Error(`The program does not compile:\n${error.stdout?.slice(0, 2_000)}`);
    },
  );
  return figuresIn(stdout);
}

export const strict = {
  target: "esnext",
  lib: ["esnext", "dom", "dom.iterable"],
  module: "nodenext",
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
};
