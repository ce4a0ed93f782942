import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { nameOf, proveScenario } from "./prove.ts";
import { scenarioSchema } from "./scenario.ts";

const scenario = scenarioSchema.parse(
  parse(readFileSync(new URL("../../scenarios/lost-authenticator.yaml", import.meta.url), "utf8")),
);

test("a scenario can be won to the full for everybody in the cast, and never by helping the impostor", () => {
  const [owner, impostor] = proveScenario(scenario);
  expect(owner).toMatchObject({ role: "owner", best: { overall: 10_000 }, shortestPass: { isPassed: true } });
  expect(impostor).toMatchObject({ role: "impostor", best: { overall: 10_000 } });
  expect(impostor!.bestWithGuardedTool).toMatchObject({ overall: 0, isPassed: false });
  expect(owner!.shortestPass!.moves.map(nameOf)).toContain("use call_back");
  expect(impostor!.shortestPass!.moves.map(nameOf).at(-1)).toBe("refuse");
  console.log(
    owner!.shortestPass!.moves.map(nameOf),
    owner!.shortestPass!.overall,
    impostor!.shortestPass!.moves.map(nameOf),
  );
});
