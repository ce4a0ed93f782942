import { expect, test } from "vitest";
import { plusSeconds } from "../instant.ts";
import { type Move, playMove, startSession } from "./move.ts";
import { ourScenarios } from "./shipped.fixtures.ts";
import { traitsOf } from "./traits.ts";

const scenario = ourScenarios.find(({ id }) => id === "lost-authenticator")!;
const refuse: Move = { kind: "say", text: "No.", acts: ["refuse"] };
const away: Move = { kind: "refuse", reason: "not proven" };
const passOn: Move = { kind: "escalate", reason: "to somebody else" };

function traits(castId: string, ...moves: Move[]) {
  const log = startSession("2026-01-12T08:00:00.000Z");
  for (const move of moves) {
    const moved = playMove({ scenario, castId, seed: "any" }, log, move, plusSeconds(log.at(-1)!.at, 10));
    if ("problem" in moved) throw new Error(moved.problem);
    log.push(...moved.events);
  }
  return traitsOf(scenario, castId, log);
}

const steps = (castId: string) =>
  scenario.cast.find(({ id }) => id === castId)!.pressure.map(({ tactic }) => tactic);

test("an owner who pressed and was sent away is rejected under what they pressed with last", () => {
  const [first, second] = steps("maria");
  expect(traits("maria", away).rejectedUnder).toBe("none");
  expect(traits("maria", refuse, away)).toMatchObject({ pressures: [first], rejectedUnder: first });
  expect(traits("maria", refuse, refuse, away).rejectedUnder).toBe(second);
});

test("an owner who is passed on is sent away, unless what they came for was mended before", () => {
  const [first] = steps("maria");
  const mend: Move = { kind: "use_tool", tool: "reset_mfa" };
  expect(traits("maria", refuse, passOn).rejectedUnder).toBe(first);
  expect(traits("maria", refuse, mend, passOn).rejectedUnder).toBeNull();
  expect(traits("maria", refuse, { kind: "resolve" }).rejectedUnder).toBeNull();
});

test("to send an impostor away rejects nobody, and to help one is laid to the last step of the ladder", () => {
  const help: Move = { kind: "use_tool", tool: "reset_mfa" };
  expect(traits("caller", refuse, away)).toMatchObject({ rejectedUnder: null, isImpostorRefused: true });
  expect(traits("caller", refuse, refuse, help).acceptedUnder).toBe(steps("caller")[1]);
});
