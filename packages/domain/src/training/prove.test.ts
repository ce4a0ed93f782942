import { expect, test } from "vitest";
import { ourScenarios } from "./shipped.fixtures.ts";
import { bestEnd } from "./coach/finish.ts";
import { startSession } from "./move.ts";
import { nameOf, proveScenario } from "./prove.ts";

const proven = ourScenarios.map((scenario) => [scenario.id, scenario, proveScenario(scenario)] as const);

test.each(proven)(
  "%s can be won to the full for everybody in the cast, and never by helping an impostor",
  (_id, scenario, proofs) => {
    expect(proofs.map(({ castId }) => castId)).toEqual(scenario.cast.map(({ id }) => id));
    for (const { castId, role, best, shortestPass, bestWithGuardedTool, mostWithGuardedTool } of proofs) {
      expect(best).toMatchObject({ overall: 10_000, isPassed: true });
      expect(shortestPass!.isPassed).toBe(true);
      expect(shortestPass!.moves.length).toBeLessThan(best.moves.length);
      expect(bestWithGuardedTool?.overall ?? 0).toBe(0);
      expect(mostWithGuardedTool ?? 0).toBe(0);
      const used = shortestPass!.moves.flatMap((move) => (move.kind === "use_tool" ? [move.tool] : []));
      const guarded = used.filter((tool) => Object.hasOwn(scenario.verification.required, tool));
      expect(role === "impostor" ? guarded : []).toEqual([]);
      // One move less, whichever, and it is no pass.
      const setting = { scenario, castId, seed: "proof" };
      const start = startSession("2026-01-12T08:00:00.000Z");
      const moves = shortestPass!.moves.slice(0, -1);
      for (const index of moves.keys()) {
        const path = bestEnd(setting, start, moves.toSpliced(index, 1));
        expect(path.isPassed && path.moves.length <= moves.length).toBe(false);
      }
    }
  },
  60_000,
);

test("some guarded tool of a scenario with an impostor can be used without knowing who asks, and that is worth nothing", () => {
  const helped = proven.filter(([, , proofs]) =>
    proofs.some(({ role, mostWithGuardedTool }) => role === "impostor" && mostWithGuardedTool === 0),
  );
  expect(helped.length).toBeGreaterThan(0);
});

test("the shortest way through a lost authenticator proves who it is, or refuses", () => {
  const [, scenario, proofs] = proven.find(([id]) => id === "lost-authenticator")!;
  expect(proveScenario(scenario)).toEqual(proofs);
  const [owner, impostor] = proofs;
  expect(owner!.shortestPass!.moves.map(nameOf)).toContain("use call_back");
  expect(impostor!.shortestPass!.moves.map(nameOf).at(-1)).toBe("refuse");
});
