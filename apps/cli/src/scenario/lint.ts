import { createHash } from "node:crypto";
import {
  type Scenario,
  type TextProblem,
  canonicalJson,
  formProblems,
  lintPrerequisites,
  runsSchema,
} from "@helpdesk/domain";
import { readDefinition } from "@helpdesk/server/scenario-text";
import { defineCommand } from "citty";
import { parse } from "yaml";
import { told } from "../failure.ts";
import { readText } from "./read-scenario.ts";

/** `x.runs.yaml`: rehearsed runs of the scenario beside it. */
const isRuns = (path: string): boolean => /\.runs\.(ya?ml|json)$/.test(path);

export const lint = defineCommand({
  meta: {
    name: "lint",
    description: "Say what is wrong with scenarios, and where; and the digest of those that are right",
  },
  args: {
    file: {
      type: "positional",
      required: true,
      description: "Scenarios, YAML or JSON; prerequisites are looked for among them",
      valueHint: "FILE…",
    },
  },
  run: ({ args }) =>
    told(async () => {
      const read = await Promise.all(args._.map(readOne));
      const scenarios = read.flatMap(({ scenario }) => scenario ?? []);
      const between = scenarios.length > 1 ? lintPrerequisites(scenarios) : [];
      for (const { path, scenario, problems } of read) {
        for (const { line, path: where, message } of problems)
          print(`${path}${line === null ? "" : `:${line}`} ${where}: ${message}`);
        if (scenario)
          print(`${scenario.id} ${createHash("sha256").update(canonicalJson(scenario)).digest("hex")}`);
      }
      for (const { path, message } of between) print(`${path}: ${message}`);
      if (between.length > 0 || read.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
    }),
});

const print = (line: string) => process.stdout.write(`${line}\n`);

interface Linted {
  path: string;
  /** Null where something is wrong with it, and for runs. */
  scenario: Scenario | null;
  problems: TextProblem[];
}

async function readOne(path: string): Promise<Linted> {
  const text = await readText(path);
  if (isRuns(path)) {
    const { error } = runsSchema.safeParse(parse(text));
    return {
      path,
      scenario: null,
      problems: error ? formProblems(error).map((problem) => ({ ...problem, line: null })) : [],
    };
  }
  const read = readDefinition(text);
  return "problems" in read
    ? { path, scenario: null, problems: read.problems }
    : { path, scenario: read.definition, problems: [] };
}
