import type { OfferedScenarioRow, ScenarioRevisionRow } from "@helpdesk/db";
import {
  type Scenario,
  difficulties,
  priorities,
  removalKinds,
  scenarioStates,
  sections,
  skillTitles,
  skills,
  sources,
} from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

export const completions = ["not_started", "attempted", "passed"] as const;

/** A scenario as trainees see it, with what the reader made of it. Scores are hundredths of a point. */
export const scenarioSchema = z.object({
  id: idSchema,
  key: z.string(),
  /** Higher for every edition of the same key. */
  revision: z.int(),
  title: z.string(),
  difficulty: z.enum(difficulties),
  estimatedMinutes: z.int(),
  /** What a pass is worth at most, before the first attempt's bonus. */
  xp: z.int(),
  passMarkHundredths: z.int(),
  skills: z.array(z.object({ key: z.string(), title: z.string() })),
  prerequisites: z.array(z.object({ key: z.string(), title: z.string(), isPassed: z.boolean() })),
  /** Whether a prerequisite is missing. */
  isLocked: z.boolean(),
  completion: z.enum(completions),
  /** Ended sessions on the real clock. */
  attempts: z.int(),
  bestHundredths: z.int().nullable(),
  /** The session that the reader is in the middle of. */
  activeSessionId: idSchema.nullable(),
  state: z.enum(scenarioStates),
});
export type ScenarioView = z.output<typeof scenarioSchema>;

/** What a trainee reads before they start: nothing of who will be there or what is wrong. */
export const scenarioPageSchema = scenarioSchema.extend({
  ticket: z.object({
    subject: z.string(),
    from: z.string(),
    priority: z.enum(priorities),
    source: z.enum(sources),
  }),
  /** What the sections of the score weigh. */
  weights: z.record(z.enum(sections), z.int()),
  /** How many tools and articles there are to work with. */
  tools: z.int(),
  articles: z.int(),
});

const titleOf = (key: string): string => (skillTitles as Record<string, string>)[key] ?? key;

export function toScenario(row: OfferedScenarioRow): ScenarioView {
  const { isPassed, prerequisites, attempts, activeSessionId } = row;
  return {
    ...row,
    skills: row.skills.map((key) => ({ key, title: titleOf(key) })),
    isLocked: prerequisites.some((one) => !one.isPassed),
    completion: isPassed ? "passed" : attempts > 0 || activeSessionId !== null ? "attempted" : "not_started",
  };
}

export function toPage(
  row: OfferedScenarioRow & { definition: Record<string, unknown> },
): z.output<typeof scenarioPageSchema> {
  const { ticket, weights, tools, knowledge } = row.definition as unknown as Scenario;
  return {
    ...toScenario(row),
    ticket,
    weights,
    tools: Object.keys(tools).length,
    articles: knowledge.length,
  };
}

/** A revision as authors see it. */
export const revisionSchema = z.object({
  id: idSchema,
  key: z.string(),
  revision: z.int(),
  title: z.string(),
  state: z.enum(scenarioStates),
  /** The SHA-256 of the canonical definition, which sessions pin. */
  definitionHash: z.string(),
  prerequisites: z.array(z.string()),
  /** Null for those that every organization starts with. */
  author: personSchema.nullable(),
  /** How many sessions were started with it. */
  sessions: z.int(),
  version: z.int(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Revision = z.output<typeof revisionSchema>;

export const toRevision = (row: ScenarioRevisionRow): Revision => ({ ...row });

/** What is wrong with a text. */
export const problemSchema = z.object({
  /** Where in the scenario: `cast.caller.knows`; empty where the text as a whole is wrong. */
  path: z.string(),
  message: z.string(),
  /** The line of the text, from 1. */
  line: z.int().nullable(),
});

export const skillSchema = z.enum(skills);

const place = z.union([
  z.enum(["title", "description", "department"]),
  /** Counted from 1. */
  z.object({ comment: z.int() }),
  z.object({ article: z.int() }),
]);

export const draftSchema = z.object({
  definition: z.record(z.string(), z.unknown()),
  yaml: z.string(),
  /** What was taken out of the ticket, never the thing itself. */
  removed: z.array(
    z.object({
      kind: z.enum(removalKinds),
      /** What stands in its place; null for a signature. */
      placeholder: z.string().nullable(),
      count: z.int(),
      places: z.array(place),
    }),
  ),
  /** What its author has still to do before it may be played. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});
