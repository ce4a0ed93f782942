import { expect, test } from "vitest";
import { ourScenarios } from "./shipped.fixtures.ts";
import { bestEnd } from "./coach/finish.ts";
import { type Move, startSession } from "./move.ts";
import { nameOf, proveScenario } from "./prove.ts";
import type { Scenario } from "./scenario.ts";

type UseTool = Extract<Move, { kind: "use_tool" }>;

const proven = ourScenarios.map((scenario) => [scenario.id, scenario, proveScenario(scenario)] as const);

test.each(proven)(
  "%s can be won to the full for everybody in the cast, and never by helping an impostor",
  (_id, scenario, proofs) => {
    expect(proofs.map(({ castId }) => castId)).toEqual(scenario.cast.map(({ id }) => id));
    for (const { castId, role, best, shortestPass, bestUnsolved, ...guardedFirst } of proofs) {
      const { bestWithGuardedTool, mostWithGuardedTool } = guardedFirst;
      expect([role, bestUnsolved?.isPassed ?? null]).toEqual([role, role === "owner" ? false : null]);
      expect(bestUnsolved?.overall ?? 0).toBeLessThan(scenario.passMark * 100);
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
);

test("some guarded tool of a scenario with an impostor can be used without knowing who asks, and that is worth nothing", () => {
  const helped = proven.filter(([, , proofs]) =>
    proofs.some(({ role, mostWithGuardedTool }) => role === "impostor" && mostWithGuardedTool === 0),
  );
  expect(helped.length).toBeGreaterThan(0);
});

test.each(proven.filter(([, scenario]) => Object.keys(scenario.verification.required).length > 0))(
  "%s pays every way to prove enough the same: any factors that reach the points, none more",
  (_id, scenario, proofs) => {
    const owners = proofs.filter(({ role }) => role === "owner");
    const scores = owners.flatMap(({ castId, best }) =>
      waysToProve(scenario, best.moves).map(({ factors, moves }) => {
        const setting = { scenario, castId, seed: "proof" };
        const { overall } = bestEnd(setting, startSession("2026-01-12T08:00:00.000Z"), moves);
        return { castId, factors, overall };
      }),
    );
    expect(scores.length).toBeGreaterThan(0);
    expect(scores).toEqual(scores.map((score) => ({ ...score, overall: 10_000 })));
  },
);

/** A perfect path with other proof in the place of its own, for all factors that suffice for it and could not be fewer. */
function waysToProve({ verification }: Scenario, best: readonly Move[]) {
  const { factors, required, knowledgeCap } = verification;
  const isGuarded = (move: Move) => move.kind === "use_tool" && Object.hasOwn(required, move.tool);
  const needed = Math.max(
    ...best.flatMap((move) => (isGuarded(move) ? [required[(move as UseTool).tool]!] : [])),
  );
  const all = Object.entries(factors);
  const pointsOf = (some: typeof all) => {
    const sum = (isKnown: boolean) =>
      some
        .filter(([, { kind }]) => (kind === "knowledge") === isKnown)
        .reduce((total, [, { points }]) => total + points, 0);
    return Math.min(knowledgeCap, sum(true)) + sum(false);
  };
  const isEnough = (some: typeof all) => pointsOf(some) >= needed;
  const subsets = all.reduce<(typeof all)[]>(
    (some, one) => [...some, ...some.map((set) => [...set, one])],
    [[]],
  );
  const minimal = subsets.filter(
    (some) => isEnough(some) && some.every((one) => !isEnough(some.filter((other) => other !== one))),
  );
  const asks = new Set(all.map(([, { fact }]) => `ask.${fact}`));
  const proofs = new Set(all.map(([, { tool }]) => tool));
  const rest = best.slice(0, -1).flatMap((move): Move[] => {
    if (move.kind === "use_tool") return proofs.has(move.tool) ? [] : [move];
    if (move.kind !== "say") return [move];
    const acts = move.acts.filter((act) => !asks.has(act));
    return acts.length > 0 ? [{ ...move, acts }] : [];
  });
  const place = rest.findIndex(isGuarded);
  return minimal.map((some) => ({
    factors: some.map(([name]) => name),
    moves: rest.toSpliced(
      place,
      0,
      ...some.map(([, { fact, tool }]): Move =>
        fact ? { kind: "say", text: fact, acts: [`ask.${fact}`] } : { kind: "use_tool", tool: tool! },
      ),
    ),
  }));
}

test("the shortest way through a lost authenticator proves who it is, or refuses", () => {
  const [, scenario, proofs] = proven.find(([id]) => id === "lost-authenticator")!;
  expect(proveScenario(scenario)).toEqual(proofs);
  const [owner, impostor] = proofs;
  expect(owner!.shortestPass!.moves.map(nameOf)).toContain("use call_back");
  expect(impostor!.shortestPass!.moves.map(nameOf).at(-1)).toBe("refuse");
});
