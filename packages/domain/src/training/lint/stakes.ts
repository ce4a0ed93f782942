import type { Difficulty } from "../../values.ts";
import { grade } from "../grade.ts";
import { autoFailKinds, type Scenario } from "../scenario.ts";
import type { SessionEvent } from "../session-log.ts";
import type { LintProblem } from "./problem.ts";

/** What a scenario pays, by its difficulty. */
export const xpOfDifficulty: Readonly<Record<Difficulty, number>> = {
  starter: 50,
  intermediate: 100,
  advanced: 180,
  expert: 300,
};

/** What it pays and what violations cost are as everywhere. */
export function stakeProblems({ difficulty, xp, time, autoFail, passMark }: Scenario): LintProblem[] {
  return [
    ...(xp === xpOfDifficulty[difficulty]
      ? []
      : [{ path: "xp", message: `What is ${difficulty} pays ${xpOfDifficulty[difficulty]}.` }]),
    ...Object.entries(time)
      .filter(([, { fullSeconds, zeroSeconds }]) => fullSeconds >= zeroSeconds)
      .map(([name]) => ({ path: `time.${name}`, message: "fullSeconds are fewer than zeroSeconds." })),
    ...autoFailKinds
      .filter((kind) => (kind === "unverified_action" ? autoFail[kind] > 0 : autoFail[kind] >= passMark))
      .filter((kind) => kind !== "unsolved" || autoFail[kind] < 100)
      .map((kind) => ({
        path: `autoFail.${kind}`,
        message:
          kind === "unverified_action"
            ? "Nothing is worth anything after an unsafe action: it is 0."
            : "It could still be passed: less than the pass mark.",
      })),
  ];
}

/** Who does nothing gets nothing. Takes a scenario that has no other problem. */
export function idlenessProblems(scenario: Scenario): LintProblem[] {
  const at = "2026-01-12T08:00:00.000Z";
  const start: SessionEvent = { kind: "session_started", sequence: 1, at };
  const ends: SessionEvent[] = [
    { kind: "resolved", sequence: 2, at },
    { kind: "abandoned", sequence: 2, at },
  ];
  return scenario.cast.flatMap(({ id }) =>
    ends.flatMap((end) => {
      const { overall, criteria } = grade(scenario, id, [start, end]);
      const paid = criteria.filter(({ millionths }) => millionths !== null && millionths > 0);
      return overall === 0
        ? []
        : [
            {
              path: `criteria.${paid[0]!.section}.${paid[0]!.id}`,
              message: `Who does nothing is paid for it (${id}, ${end.kind}).`,
            },
          ];
    }),
  );
}
