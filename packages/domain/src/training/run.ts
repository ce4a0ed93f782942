import { z } from "zod";
import { type Instant, plusSeconds } from "../instant.ts";
import { actSchema } from "./acts.ts";
import { noteFields } from "./criterion.ts";
import type { Grade } from "./grade.ts";
import { type Move, playMove, startSession } from "./move.ts";
import type { Setting } from "./persona.ts";
import { nameSchema, scenarioIdSchema } from "./scenario.ts";
import { sections } from "./score.ts";
import type { SessionEvent } from "./session-log.ts";
import { hintLevels } from "./xp.ts";

const why = z.string().min(1).max(2_000);
/** Seconds since the last thing that happened; ten where it is not said. */
const after = z.int().min(0).max(86_400).default(10);
const points = z.number().min(0).max(100).nullable();

const stepSchema = z.union([
  /** `acts` are those that it must be understood as. */
  z.strictObject({ say: z.string().min(1).max(10_000), acts: z.array(actSchema).optional(), after }),
  z.strictObject({ use: nameSchema, after }),
  z.strictObject({ open: nameSchema, after }),
  z.strictObject({ hint: z.enum(hintLevels), after }),
  z.strictObject({ note: z.partialRecord(z.enum(noteFields), z.string().max(10_000)), after }),
  z.strictObject({ cause: nameSchema, after }),
  z.strictObject({ escalate: why, after }),
  z.strictObject({ refuse: why, after }),
  z.strictObject({ end: z.enum(["resolve", "abandon"]), after }),
]);
export type Step = z.output<typeof stepSchema>;

/** Rehearsed runs of a scenario, in `<id>.runs.yaml` beside it: what a trainee says and does, and what it scores. */
export const runsSchema = z.strictObject({
  scenario: scenarioIdSchema,
  runs: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(120),
        cast: nameSchema,
        seed: z.string().max(100).default("rehearsal"),
        steps: z.array(stepSchema).min(1).max(100),
        /** Points out of 100, to the hundredth; what is not named is not compared. */
        expect: z.partialRecord(z.enum([...sections, "raw", "overall"]), points),
      }),
    )
    .min(1),
});
export type Run = z.output<typeof runsSchema>["runs"][number];

const START = "2026-01-12T08:00:00.000Z";

/** The log of a run, its messages understood by `recognise`; or the step that cannot be played like this. */
export function playRun(
  setting: Setting,
  steps: readonly Step[],
  recognise: (text: string) => readonly string[],
  startsAt: Instant = START,
): { log: SessionEvent[] } | { problem: string } {
  const log = startSession(startsAt);
  for (const [index, step] of steps.entries()) {
    const move = moveOf(step, recognise);
    const played = playMove(setting, log, move, plusSeconds(log.at(-1)!.at, step.after));
    const where = `Step ${index + 1} (${Object.values(step)[0] as string})`;
    if ("problem" in played) return { problem: `${where} does not go: ${played.problem}.` };
    const heard = move.kind === "say" ? move.acts.join(", ") : "";
    if ("say" in step && step.acts && step.acts.join(", ") !== heard)
      return { problem: `${where} is understood as: ${heard || "nothing"}.` };
    log.push(...played.events);
  }
  return { log };
}

function moveOf(step: Step, recognise: (text: string) => readonly string[]): Move {
  if ("say" in step) return { kind: "say", text: step.say, acts: recognise(step.say) };
  if ("use" in step) return { kind: "use_tool", tool: step.use };
  if ("open" in step) return { kind: "open_article", article: step.open };
  if ("hint" in step) return { kind: "take_hint", level: step.hint };
  if ("note" in step) return { kind: "write_note", fields: step.note };
  if ("cause" in step) return { kind: "pick_root_cause", option: step.cause };
  if ("escalate" in step) return { kind: "escalate", reason: step.escalate };
  if ("refuse" in step) return { kind: "refuse", reason: step.refuse };
  return { kind: step.end };
}

/** What a run scored otherwise than it should have, in points. */
export function surprises(
  { expect }: Pick<Run, "expect">,
  { sections: scored, raw, overall }: Grade,
): string[] {
  const all = { ...scored, raw, overall };
  return Object.entries(expect).flatMap(([name, wanted]) => {
    const hundredths = all[name as keyof typeof all];
    const got = hundredths === null ? null : hundredths / 100;
    return got === wanted ? [] : [`${name}: ${got ?? "not judged"} instead of ${wanted ?? "not judged"}`];
  });
}
