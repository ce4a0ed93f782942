import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { checkCases, dueCasesSchema } from "@helpdesk/domain";
import { prove } from "@helpdesk/domain/proof";
import { defineCommand } from "citty";
import { Failure, told } from "../failure.ts";
import { wholeNumber } from "../whole-number.ts";

async function readJson(path: string): Promise<unknown> {
  // pnpm runs in the repository's root; INIT_CWD is where its caller stands.
  const text = await readFile(resolve(process.env["INIT_CWD"] ?? "", path), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      throw new Failure(
        `${path} cannot be read: ${error.code === "ENOENT" ? "there is no such file" : error.code}.`,
      );
    },
  );
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(`${path} is not JSON.`);
  }
}

const check = defineCommand({
  meta: { name: "check", description: "Say when each case of a file is due, one JSON line a case" },
  args: {
    file: {
      type: "positional",
      required: true,
      description: "JSON with calendars and cases",
      valueHint: "FILE",
    },
  },
  run: ({ args }) =>
    told(async () => {
      const parsed = dueCasesSchema.safeParse(await readJson(args.file));
      if (!parsed.success) {
        const { path, message } = parsed.error.issues[0]!;
        throw new Failure(`${args.file} is not a file of cases: ${path.join(".") || "it"}: ${message}.`);
      }
      process.stdout.write(
        checkCases(parsed.data)
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(""),
      );
    }),
});

const proving = defineCommand({
  meta: {
    name: "prove",
    description: "Compare the engine with a second-by-second count of random timelines",
  },
  args: {
    timelines: { type: "string", default: "5000", description: "How many", valueHint: "N" },
    seed: { type: "string", default: "1", description: "The same seed, the same timelines", valueHint: "N" },
  },
  run: ({ args }) =>
    told(async () => {
      const { differences, ...counts } = prove({
        timelines: wholeNumber("timelines", args.timelines),
        seed: wholeNumber("seed", args.seed),
      });
      for (const difference of differences) process.stdout.write(`${JSON.stringify(difference)}\n`);
      process.stdout.write(`${JSON.stringify({ ...counts, differences: differences.length })}\n`);
      if (differences.length > 0) throw new Failure(`${differences.length} timelines differ.`);
    }),
});

export const sla = defineCommand({
  meta: { name: "sla", description: "The SLA engine, held to cases" },
  subCommands: { check, prove: proving },
});
