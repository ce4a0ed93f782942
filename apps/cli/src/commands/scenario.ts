import { createHash } from "node:crypto";
import { basename } from "node:path";
import {
  type Grade,
  canonicalJson,
  grade as gradeLog,
  lintPrerequisites,
  lintScenario,
  nameOf,
  proveScenario,
  sessionEventSchema,
} from "@helpdesk/domain";
import { defineCommand } from "citty";
import { z } from "zod";
import { Failure, told } from "../failure.ts";
import { playInTerminal } from "../scenario/play.ts";
import { readScenario, readText } from "../scenario/read-scenario.ts";

const print = (line = "") => process.stdout.write(`${line}\n`);
const points = (hundredths: number | null) => (hundredths === null ? "–" : (hundredths / 100).toFixed(2));
const file = {
  type: "positional",
  required: true,
  description: "A scenario, YAML or JSON",
  valueHint: "FILE",
} as const;

const lint = defineCommand({
  meta: {
    name: "lint",
    description: "Say what is wrong with scenarios, and the digest of those that are right",
  },
  args: { file },
  run: ({ args }) =>
    told(async () => {
      const scenarios = await Promise.all(args._.map(readScenario));
      const problems = scenarios.map(lintScenario);
      const between = scenarios.length > 1 ? lintPrerequisites(scenarios) : [];
      for (const [index, scenario] of scenarios.entries()) {
        const digest = createHash("sha256").update(canonicalJson(scenario)).digest("hex");
        print(problems[index]!.length === 0 ? `${scenario.id} ${digest}` : `${scenario.id} is not right:`);
        for (const { path, message } of problems[index]!) print(`  ${path}: ${message}`);
      }
      for (const { path, message } of between) print(`${path}: ${message}`);
      if (problems.flat().length + between.length > 0) process.exitCode = 1;
    }),
});

const play = defineCommand({
  meta: { name: "play", description: "Play a scenario in the terminal" },
  args: {
    file,
    seed: { type: "string", description: "Draws the cast and the phrases; without it, chance does" },
    cast: { type: "string", description: "Plays against this one of the cast" },
    log: { type: "string", description: "Writes the session's log to this file at the end" },
  },
  run: ({ args }) => told(async () => playInTerminal(await readScenario(args.file), args)),
});

const logSchema = z.object({ scenario: z.string(), castId: z.string(), events: z.array(sessionEventSchema) });

const grade = defineCommand({
  meta: { name: "grade", description: "The score of a session from its log, with the reasons" },
  args: {
    file,
    log: { type: "positional", required: true, description: "A log that play wrote", valueHint: "LOG" },
  },
  run: ({ args }) =>
    told(async () => {
      const scenario = await readScenario(args.file);
      const parsed = logSchema.safeParse(JSON.parse(await readText(args.log)));
      if (!parsed.success)
        throw new Failure(`${basename(args.log)} is no log:\n${z.prettifyError(parsed.error)}`);
      printGrade(gradeLog(scenario, parsed.data.castId, parsed.data.events), scenario.passMark);
    }),
});

const prove = defineCommand({
  meta: {
    name: "prove",
    description: "Search a scenario for how it can be won, and that helping an impostor does not win it",
  },
  args: { file },
  run: ({ args }) =>
    told(async () => {
      const scenario = await readScenario(args.file);
      for (const { castId, role, best, shortestPass, bestWithGuardedTool } of proveScenario(scenario)) {
        print(`${castId} (${role}): ${points(best.overall)} in ${best.moves.length} moves`);
        print(
          `  shortest pass: ${shortestPass ? `${shortestPass.moves.map(nameOf).join(" → ")} = ${points(shortestPass.overall)}` : "none was found"}`,
        );
        if (role === "impostor" && bestWithGuardedTool)
          print(`  best after a guarded tool: ${points(bestWithGuardedTool.overall)}`);
        const isHelped = role === "impostor" && bestWithGuardedTool?.isPassed === true;
        if (best.overall < 10_000 || !shortestPass || isHelped) process.exitCode = 1;
      }
    }),
});

export function printGrade(
  { sections, raw, overall, isPassed, autoFails, criteria }: Grade,
  passMark: number,
): void {
  for (const [section, score] of Object.entries(sections)) {
    print(`${section.padEnd(14)} ${points(score).padStart(6)}`);
    for (const { section: of, millionths, weight, text, evidence } of criteria) {
      if (of !== section || millionths === null) continue;
      const where = evidence.length > 0 ? `  (${evidence.map((sequence) => `#${sequence}`).join(", ")})` : "";
      print(`  ${((millionths * weight) / 1_000_000).toFixed(2).padStart(5)} of ${weight}  ${text}${where}`);
    }
  }
  for (const { kind, cap, sequence } of autoFails)
    print(`${kind} at #${sequence}: no more than ${points(cap)}`);
  print(
    `overall        ${points(overall).padStart(6)}${raw === overall ? "" : ` (${points(raw)} before caps)`}`,
  );
  print(isPassed ? "passed" : `not passed: ${passMark} are needed`);
}

export const scenario = defineCommand({
  meta: { name: "scenario", description: "Training scenarios: lint, play, grade, prove" },
  subCommands: { lint, play, grade, prove },
});
