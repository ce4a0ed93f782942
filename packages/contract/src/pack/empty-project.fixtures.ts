import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Figures, figuresIn } from "../budget/figures.ts";

const run = promisify(execFile);

/** As a user's shell has it: what pnpm tells its scripts would change what npm does. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name)));

export interface Checked extends Figures {
  /** One line an error. */
  errors: string[];
  files: string[];
}

/** A folder outside the workspace in which the packed client is installed, with both TypeScripts. */
export class EmptyProject implements AsyncDisposable {
  readonly dir: string;
  private constructor(dir: string) {
    this.dir = dir;
  }

  /** Packs the folder with npm and installs the tarball. */
  static async of(packed: string): Promise<EmptyProject> {
    const project = new EmptyProject(await mkdtemp(join(tmpdir(), "helpdesk-empty-")));
    const { dir } = project;
    await run("npm", ["pack", "--silent", "--pack-destination", dir], { cwd: packed, env });
    const [tarball] = (await readdir(dir)).filter((name) => name.endsWith(".tgz"));
    const versions = JSON.parse(
      await readFile(new URL("../../node_modules/typescript/package.json", import.meta.url), "utf8"),
    ) as { version: string };
    await mkdir(join(dir, "src"));
    await writeFile(
      join(dir, "package.json"),
      JSON.stringify({ name: "empty", private: true, type: "module" }),
    );
    await run(
      "npm",
      [
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        `./${tarball}`,
        "zod@4",
        "react@19",
        "@types/react@19",
        "@tanstack/react-query@5",
        `typescript@${versions.version}`,
        "typescript-5@npm:typescript@5.9",
      ],
      { cwd: dir, env },
    );
    return project;
  }

  tarball(): Promise<string> {
    return readdir(this.dir).then((names) =>
      join(
        this.dir,
        names.find((name) => name.endsWith(".tgz"))!,
      ),
    );
  }

  /** Type-checks one file, with everything strict. */
  async check(
    source: string,
    compiler: "typescript" | "typescript-5" = "typescript",
    skipLibCheck = true,
  ): Promise<Checked> {
    await writeFile(join(this.dir, "src/main.ts"), source);
    const compilerOptions = {
      target: "esnext",
      module: "nodenext",
      strict: true,
      noEmit: true,
      types: [],
      skipLibCheck,
    };
    await writeFile(
      join(this.dir, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["src/main.ts"] }),
    );
    const tsc = join(this.dir, "node_modules", compiler, "bin/tsc");
    const single = compiler === "typescript" ? ["--singleThreaded"] : [];
    const { stdout } = await run(
      process.execPath,
      [tsc, "-p", this.dir, "--pretty", "false", "--extendedDiagnostics", "--listFiles", ...single],
      { cwd: this.dir, env, maxBuffer: 1 << 24 },
    ).catch((error: { stdout: string }) => error);
    const lines = stdout.split("\n");
    return {
      errors: lines.filter((line) => line.includes("error TS")),
      files: lines.filter((line) => line.startsWith("/") && !/\/lib\/lib\.[^/]*$/.test(line)),
      ...figuresIn(stdout),
    };
  }

  /** Runs TypeScript as it is, and returns what it printed. */
  async run(source: string): Promise<string> {
    await writeFile(join(this.dir, "src/run.ts"), source);
    return (await run(process.execPath, ["src/run.ts"], { cwd: this.dir, env })).stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }
}
