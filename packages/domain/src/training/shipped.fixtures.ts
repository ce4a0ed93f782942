import { globSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { recogniserOf } from "./recogniser/encode.ts";
import { recognise } from "./recogniser/recognise.ts";
import { trainRecogniser } from "./recogniser/train.ts";
import type { Recogniser } from "./recogniser/weights.ts";
import { playRun, type Run, runsSchema } from "./run.ts";
import { type Scenario, scenarioSchema } from "./scenario.ts";

const folder = new URL("../../scenarios/", import.meta.url);
const read = (file: string): unknown => parse(readFileSync(new URL(file, folder), "utf8"));

/** A scenario of our own as its files have it. */
export interface Shipped {
  id: string;
  /** As it stands in the file, before the schema. */
  data: unknown;
  scenario: Scenario;
  owners: string[];
  impostors: string[];
  /** The scenario that the file of runs names. */
  runsOf: string;
  runs: Run[];
  /** The acts of a message, as the shipped recogniser understands it. */
  hear: (text: string) => string[];
  /** The log of a run against one of the cast, its messages understood as they ship. */
  rehearse: (run: Run, castId: string) => ReturnType<typeof playRun>;
}

export const shipped: readonly Shipped[] = globSync("*.yaml", { cwd: folder })
  .filter((file) => !file.endsWith(".runs.yaml"))
  .toSorted()
  .map((file) => {
    const id = file.replace(/\.yaml$/, "");
    const data = read(file);
    const scenario = scenarioSchema.parse(data);
    const { scenario: runsOf, runs } = runsSchema.parse(read(`${id}.runs.yaml`));
    let recogniser: Recogniser | undefined;
    const hear = (text: string) => recognise((recogniser ??= recogniserOf(trainRecogniser(scenario))), text);
    const ofRole = (role: "owner" | "impostor") =>
      scenario.cast.filter((cast) => cast.role === role).map((cast) => cast.id);
    return {
      id,
      data,
      scenario,
      owners: ofRole("owner"),
      impostors: ofRole("impostor"),
      runsOf,
      runs,
      hear,
      rehearse: ({ seed, steps }, castId) => playRun({ scenario, castId, seed }, steps, hear),
    };
  });

export const ourScenarios: readonly Scenario[] = shipped.map(({ scenario }) => scenario);
