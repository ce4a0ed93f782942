import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import {
  type Instant,
  type Run,
  type Scenario,
  type Weights,
  runsSchema,
  scenarioSchema,
  trainRecogniser,
  weightsFileSchema,
} from "@helpdesk/domain";
import { parse } from "yaml";
import type { scenarios } from "../schema/index.ts";
import { digestOf, scenarioValues } from "../scenario-values.ts";

export interface BuiltInScenario {
  definition: Scenario;
  definitionHash: string;
  weights: Weights;
}

/** `<id>.yaml`, with rehearsed runs in `<id>.runs.yaml` and what its recogniser learned in `weights/<id>.json`. */
const folder = new URL(
  "scenarios/",
  pathToFileURL(createRequire(import.meta.url).resolve("@helpdesk/domain/package.json")),
);

let known: Promise<BuiltInScenario[]> | undefined;

/** The scenarios of our own, by key; read once. @throws what reading and the schema throw. */
export const builtInScenarios = (): Promise<BuiltInScenario[]> => (known ??= readAll());

async function readAll(): Promise<BuiltInScenario[]> {
  const names = (await readdir(folder)).filter((name) => /^[a-z0-9-]+\.yaml$/.test(name)).toSorted();
  return Promise.all(names.map(readBuiltIn));
}

async function readBuiltIn(name: string): Promise<BuiltInScenario> {
  const definition = scenarioSchema.parse(parse(await readFile(new URL(name, folder), "utf8")));
  const definitionHash = digestOf(definition);
  return { definition, definitionHash, weights: await weightsOf(definition, definitionHash) };
}

/** The committed weights, or those learned anew where they were learned from another definition. */
async function weightsOf(definition: Scenario, definitionHash: string): Promise<Weights> {
  const text = await readFile(new URL(`weights/${definition.id}.json`, folder), "utf8").catch(() => null);
  const file = text === null ? null : weightsFileSchema.parse(JSON.parse(text));
  return file?.definitionHash === definitionHash ? file.weights : trainRecogniser(definition);
}

/** The rehearsed runs of a scenario of our own. */
export const builtInRuns = async (key: string): Promise<Run[]> =>
  runsSchema.parse(parse(await readFile(new URL(`${key}.runs.yaml`, folder), "utf8"))).runs;

/** The rows of a new organization: active from the start, by nobody. */
export const builtInScenarioRows = async (
  organizationId: string,
  at: Instant,
  newId: (name: string) => string,
): Promise<(typeof scenarios.$inferInsert)[]> =>
  (await builtInScenarios()).map(({ definition, definitionHash, weights }) => ({
    ...scenarioValues(definition),
    organizationId,
    id: newId(`scenario/${definition.id}`),
    definition,
    definitionHash,
    weights,
    state: "active",
    createdAt: at,
    updatedAt: at,
  }));
