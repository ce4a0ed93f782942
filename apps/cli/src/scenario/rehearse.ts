import {
  grade,
  playRun,
  recognise,
  recogniserOf,
  runsSchema,
  surprises,
  trainRecogniser,
} from "@helpdesk/domain";
import { defineCommand } from "citty";
import { parse } from "yaml";
import { z } from "zod";
import { Failure, told } from "../failure.ts";
import { readScenario, readText } from "./read-scenario.ts";

const print = (line: string) => process.stdout.write(`${line}\n`);

export const rehearse = defineCommand({
  meta: {
    name: "rehearse",
    description:
      "Play the runs beside a scenario (x.runs.yaml) as they are written, and compare their scores",
  },
  args: {
    file: { type: "positional", required: true, description: "A scenario, YAML or JSON", valueHint: "FILE" },
  },
  run: ({ args }) =>
    told(async () => {
      const scenario = await readScenario(args.file);
      const path = args.file.replace(/\.(ya?ml|json)$/, ".runs.$1");
      const parsed = runsSchema.safeParse(parse(await readText(path)));
      if (!parsed.success) throw new Failure(`${path} is no runs:\n${z.prettifyError(parsed.error)}`);
      const recogniser = recogniserOf(trainRecogniser(scenario));
      for (const run of parsed.data.runs) {
        const { name, cast, seed, steps } = run;
        const setting = { scenario, castId: cast, seed };
        const played = playRun(setting, steps, (text) => recognise(recogniser, text));
        const graded = "log" in played ? grade(scenario, cast, played.log) : null;
        const wrong = "problem" in played ? [played.problem] : surprises(run, graded!);
        const points = graded ? (graded.overall / 100).toFixed(2) : "–";
        print(`${points.padStart(6)}  ${name} (${cast})`);
        for (const line of wrong) print(`        ${line}`);
        if (wrong.length > 0) process.exitCode = 1;
      }
    }),
});
