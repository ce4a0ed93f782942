import { globSync } from "node:fs";
import { join } from "node:path";
import { recognise, recogniserOf, trainRecogniser } from "@helpdesk/domain";
import { fuzz as fuzzSessions } from "@helpdesk/domain/fuzz";
import { defineCommand } from "citty";
import { Failure, told } from "../failure.ts";
import { ROOT } from "../project.ts";
import { wholeNumber } from "../whole-number.ts";
import { readScenario } from "./read-scenario.ts";

const shipped = (): string[] =>
  globSync("packages/domain/scenarios/*.yaml", { cwd: ROOT })
    .filter((path) => !path.endsWith(".runs.yaml"))
    .toSorted()
    .map((path) => join(ROOT, path));

/** `scenario fuzz`: one JSON line a fault, then one with all counts. */
export const fuzz = defineCommand({
  meta: {
    name: "fuzz",
    description: "Play random sessions and check each for leaks, contradictions, unsafe scores and replay",
  },
  args: {
    file: {
      type: "positional",
      required: false,
      description: "Scenarios; without any, all of our own",
      valueHint: "FILE",
    },
    sessions: { type: "string", default: "10000", description: "How many", valueHint: "N" },
    seed: { type: "string", default: "1", description: "The same seed, the same sessions", valueHint: "N" },
  },
  run: ({ args }) =>
    told(async () => {
      const options = {
        sessions: wholeNumber("sessions", args.sessions),
        seed: wholeNumber("seed", args.seed),
      };
      const scenarios = await Promise.all((args._.length > 0 ? args._ : shipped()).map(readScenario));
      const stages = scenarios.map((scenario) => {
        const recogniser = recogniserOf(trainRecogniser(scenario));
        return { scenario, hear: (text: string) => recognise(recogniser, text) };
      });
      const { examples, faults, ...counts } = fuzzSessions(stages, options);
      for (const example of examples) process.stdout.write(`${JSON.stringify(example)}\n`);
      process.stdout.write(`${JSON.stringify({ scenarios: scenarios.length, ...counts, ...faults })}\n`);
      const broken = Object.values(faults).reduce((sum, times) => sum + times, 0);
      if (broken > 0) throw new Failure(`${broken} times a session broke its rules.`);
    }),
});
