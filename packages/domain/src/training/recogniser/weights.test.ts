import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { canonicalJson } from "../canonical-json.ts";
import { scenarioSchema } from "../scenario.ts";
import { recogniserOf } from "./encode.ts";
import { exponential } from "./exponential.ts";
import { recognise } from "./recognise.ts";
import { trainRecogniser } from "./train.ts";
import { weightsFileSchema } from "./weights.ts";

const folder = new URL("../../../scenarios/", import.meta.url);
const ids = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml") && !name.endsWith(".runs.yaml"))
  .map((name) => name.slice(0, -".yaml".length));

// An upper bound for a loaded machine: training takes a fraction of a second.
describe.each(ids)("%s", (id) => {
  const scenario = scenarioSchema.parse(parse(readFileSync(new URL(`${id}.yaml`, folder), "utf8")));
  const file = readFileSync(new URL(`weights/${id}.json`, folder), "utf8");

  test("its committed weights are what training makes of it, to the byte, in at most 100 kB", () => {
    const definitionHash = createHash("sha256").update(canonicalJson(scenario)).digest("hex");
    const made = { scenario: id, definitionHash, weights: trainRecogniser(scenario) };
    // Compared as a whole, because a difference of thousands of bytes is nothing to read.
    expect(file === `${JSON.stringify(made)}\n`, "run helpdesk recogniser train").toBe(true);
    expect(file.length).toBeLessThanOrEqual(100_000);
  });

  test("they understand what its author wrote, but for a twentieth", () => {
    const recogniser = recogniserOf(weightsFileSchema.parse(JSON.parse(file)).weights);
    const written = Object.entries(scenario.phrases).flatMap(([act, lines]) =>
      lines.map((line) => ({ act, line })),
    );
    const missed = written.filter(({ act, line }) => !recognise(recogniser, line).includes(act));
    expect(missed.length, JSON.stringify(missed)).toBeLessThanOrEqual(written.length / 20);
  });
});

test("the order of the keys of a definition does not matter, as a database keeps another", () => {
  const backwards = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(backwards);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, one]) => [key, backwards(one)]),
    );
  };
  const data: unknown = parse(readFileSync(new URL("lost-authenticator.yaml", folder), "utf8"));
  const turned = scenarioSchema.parse(backwards(data));
  const { facts, phrases, verification } = scenarioSchema.parse(data);
  expect(Object.keys(turned.facts)).toEqual(Object.keys(facts).toReversed());
  expect(trainRecogniser(turned)).toEqual(trainRecogniser({ facts, phrases, verification }));
});

test("an exponential is right to 14 places, never rises towards nothing, and ends there", () => {
  for (let power = 0; power > -745; power -= 0.37) {
    expect(Math.abs(exponential(power) / Math.exp(power) - 1), `${power}`).toBeLessThan(1e-13);
    expect(exponential(power - 0.37)).toBeLessThan(exponential(power));
    if (power < -700) break;
  }
  expect(exponential(0)).toBe(1);
  expect(exponential(-5_000)).toBe(0);
});
