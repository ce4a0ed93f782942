import type { Load } from "./load.ts";
import { spreadOf, table, text } from "./spread.ts";
import { type TargetName, targets } from "./targets.ts";

export type Round = Map<TargetName, Load>;

export interface Result {
  name: string;
  rounds: Round[];
}

const MIN_THROUGHPUT = 0.8;
const MAX_CPU = 1.4;
/** Of the same caller, and of the typed client against the leanest of all. */
const comparisons: [TargetName, TargetName][] = [
  ["client", "bare"],
  ["client", "bareClient"],
  ["rest", "bare"],
  ["lean", "bare"],
];
const MIN_TIMES_FEWER = { prisma: 4, drizzle: 3 } as const;

/** Prints every target against the bare route, for one call. */
export function reportCall({ name, rounds }: Result, names: readonly TargetName[]): void {
  console.log(`\n### ${name}\n`);
  const head = ["", "throughput", "server CPU", "p50 ms", "p99 ms", "calls a second"];
  console.log(
    table(
      [...head, "server CPU µs a call", "caller's CPU µs"],
      names.map((target) => [
        targets[target].title,
        text(ratios(rounds, target, "bare", "perSecond")),
        text(ratios(rounds, target, "bare", "serverCpuMicros")),
        median(rounds, target, "p50Ms", 1),
        median(rounds, target, "p99Ms", 1),
        ...(["perSecond", "serverCpuMicros", "callerCpuMicros"] as const).map((figure) =>
          median(rounds, target, figure),
        ),
      ]),
    ),
  );
}

/** Prints what was to be reached, and whether it was. */
export function reportGoals(results: readonly Result[], names: readonly TargetName[]): void {
  const p1 = comparisons.filter((pair) => pair.every((name) => names.includes(name)));
  const p2 = (["prisma", "drizzle"] as const).filter((name) => names.includes(name));
  console.log(`\nP1: throughput ≥ ${MIN_THROUGHPUT}, server CPU ≤ ${MAX_CPU} of the bare route.\n`);
  console.log(
    table(
      ["", ...results.map(({ name }) => name)],
      p1.map(([target, bare]) => [
        `${targets[target].title} / ${targets[bare].title}`,
        ...results.map(({ rounds }) => againstBare(rounds, target, bare)),
      ]),
    ),
  );
  if (p2.length === 0 || !names.includes("lean")) return;
  console.log("\nP2: the twin's server CPU over the API's, both behind the lean caller.\n");
  console.log(
    table(
      ["", "to reach, list and open", ...results.map(({ name }) => name)],
      p2.map((twin) => [
        targets[twin].title,
        `≥ ${MIN_TIMES_FEWER[twin]}`,
        ...results.map(({ rounds }) => text(ratios(rounds, twin, "lean", "serverCpuMicros"), 1)),
      ]),
    ),
  );
}

function againstBare(rounds: readonly Round[], target: TargetName, bare: TargetName): string {
  const throughput = ratios(rounds, target, bare, "perSecond").median;
  const cpu = ratios(rounds, target, bare, "serverCpuMicros").median;
  const verdict = throughput >= MIN_THROUGHPUT && cpu <= MAX_CPU ? "reached" : "not reached";
  return `${throughput.toFixed(2)}, ${cpu.toFixed(2)}: ${verdict}`;
}

const ratios = (rounds: readonly Round[], of: TargetName, to: TargetName, figure: keyof Load) =>
  spreadOf(rounds.map((round) => round.get(of)![figure] / round.get(to)![figure]));

const median = (rounds: readonly Round[], of: TargetName, figure: keyof Load, digits = 0) =>
  spreadOf(rounds.map((round) => round.get(of)![figure])).median.toFixed(digits);
