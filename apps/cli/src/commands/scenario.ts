import { defineCommand } from "citty";
import { told } from "../failure.ts";
import { fuzz } from "../scenario/fuzz.ts";
import { grade } from "../scenario/grade.ts";
import { lint } from "../scenario/lint.ts";
import { playInTerminal } from "../scenario/play.ts";
import { prove } from "../scenario/prove.ts";
import { readScenario } from "../scenario/read-scenario.ts";
import { rehearse } from "../scenario/rehearse.ts";

const file = {
  type: "positional",
  required: true,
  description: "A scenario, YAML or JSON",
  valueHint: "FILE",
} as const;

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

export const scenario = defineCommand({
  meta: { name: "scenario", description: "Training scenarios: lint, rehearse, play, grade, prove, fuzz" },
  subCommands: { lint, rehearse, play, grade, prove, fuzz },
});
