import type { GradingRow, SessionRow, SimulatedTicketRow } from "@helpdesk/db";
import {
  type Instant,
  type Scenario,
  castRoles,
  difficulties,
  gradingCauses,
  hintLevels,
  isBreached,
  noteFields,
  sessionEndings,
  slaCycleStates,
  slaMetrics,
} from "@helpdesk/domain";
import { z } from "zod";
import type { Context } from "../context.ts";
import { rendered } from "../markdown/rendered.ts";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";
import { ticketSummarySchema, toSummary } from "../tickets/view.ts";
import { eventSchema, toEvent } from "./event-view.ts";
import type { Logged } from "./logged.ts";

const score = z.int().min(0).max(10_000);

/** A grading; scores are hundredths of a point. */
export const gradingSchema = z.object({
  /** The first at the session's end, one more after each correction; the last one counts. */
  revision: z.int(),
  cause: z.enum(gradingCauses),
  gradedAt: instantSchema,
  sections: z.object({
    verification: score.nullable(),
    communication: score.nullable(),
    technical: score.nullable(),
    documentation: score.nullable(),
    responseTime: score.nullable(),
  }),
  /** Before caps. */
  raw: score,
  cap: score.nullable(),
  overall: score,
  isPassed: z.boolean(),
  /** What the attempt is worth; a scenario pays only its best one. */
  xp: z.int(),
});
export type Grading = z.output<typeof gradingSchema>;

export const toGrading = (row: GradingRow): Grading => ({
  revision: row.revision,
  cause: row.cause,
  gradedAt: row.gradedAt,
  sections: {
    verification: row.verificationHundredths,
    communication: row.communicationHundredths,
    technical: row.technicalHundredths,
    documentation: row.documentationHundredths,
    responseTime: row.responseTimeHundredths,
  },
  raw: row.rawHundredths,
  cap: row.capHundredths,
  overall: row.overallHundredths,
  isPassed: row.isPassed,
  xp: row.xp,
});

/** A session as lists show it. */
export const sessionSummarySchema = z.object({
  id: idSchema,
  scenario: z.object({
    id: idSchema,
    key: z.string(),
    version: z.int(),
    title: z.string(),
    difficulty: z.enum(difficulties),
  }),
  trainee: personSchema,
  attempt: z.int(),
  clock: z.enum(["real", "virtual"]),
  /** Null while it is played. */
  ending: z.enum(sessionEndings).nullable(),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  lastEventAt: instantSchema,
});
export type SessionSummary = z.output<typeof sessionSummarySchema>;

export const toSummaryView = (row: SessionRow): SessionSummary => ({
  id: row.id,
  scenario: {
    id: row.scenarioId,
    key: row.scenarioKey,
    version: row.scenarioRevision,
    title: row.scenarioTitle,
    difficulty: row.difficulty,
  },
  trainee: { id: row.userId, name: row.userName },
  attempt: row.attempt,
  clock: row.isVirtual ? "virtual" : "real",
  ending: row.ending,
  startedAt: row.startedAt,
  endedAt: row.endedAt,
  lastEventAt: row.lastEventAt,
});

const named = z.object({ id: z.string(), name: z.string() });

const stageSchema = ticketSummarySchema
  .omit({ id: true, customer: true, version: true, isMerged: true, department: true })
  .extend({
    /** Who it says it is from. */
    from: z.string(),
    /** Markdown, and as HTML that is safe to show. */
    body: z.string(),
    bodyHtml: z.string(),
    clocks: z.array(
      z.object({
        metric: z.enum(slaMetrics),
        state: z.enum(slaCycleStates),
        targetSeconds: z.int(),
        dueAt: instantSchema.nullable(),
        isBreached: z.boolean(),
        satisfiedAt: instantSchema.nullable(),
      }),
    ),
  });

/** All that the screen of a session needs, at its beginning and after a reload. */
export const sessionSchema = sessionSummarySchema.extend({
  /** What time it is in the session. */
  now: instantSchema,
  ticket: stageSchema,
  events: z.array(eventSchema),
  /** The customer answers no more. */
  hasCustomerLeft: z.boolean(),
  tools: z.array(named.extend({ description: z.string() })),
  articles: z.array(z.object({ id: z.string(), title: z.string() })),
  hints: z.array(z.enum(hintLevels)),
  noteFields: z.array(z.enum(noteFields)),
  rootCauses: z.array(z.object({ id: z.string(), text: z.string() })),
  pickedRootCause: z.string().nullable(),
  /** Who the customer was; null while it is played. */
  cast: named.extend({ role: z.enum(castRoles) }).nullable(),
});
export type SessionView = z.output<typeof sessionSchema>;

export interface Shown {
  session: SessionRow;
  scenario: Scenario;
  log: readonly Logged[];
  ticket: SimulatedTicketRow;
  now: Instant;
}

export async function toSession(ctx: Context, shown: Shown): Promise<SessionView> {
  const { session, scenario, log, ticket, now } = shown;
  const isOver = session.endedAt !== null;
  const persona = scenario.cast.find(({ id }) => id === session.castId)!;
  const picked = log.findLast(({ event }) => event.kind === "root_cause_picked")?.event;
  const {
    id: _,
    customer: __,
    version: ___,
    isMerged: ____,
    department: _____,
    ...summary
  } = toSummary(ticket, { ...ctx, now });
  return {
    ...toSummaryView(session),
    now,
    ticket: {
      ...summary,
      from: scenario.ticket.from,
      body: ticket.description,
      bodyHtml: await rendered(ticket.description),
      clocks: ticket.cycles.map((cycle) => ({
        metric: cycle.metric,
        state: cycle.state,
        targetSeconds: cycle.targetSeconds,
        dueAt: cycle.dueAt,
        isBreached: isBreached(cycle, now),
        satisfiedAt: cycle.satisfiedAt,
      })),
    },
    events: log.map(({ event, actorId }) => toEvent(event, scenario, isOver, actorId)),
    hasCustomerLeft: log.some(({ event }) => event.kind === "customer_said" && event.leaves !== null),
    tools: Object.entries(scenario.tools).map(([id, { name, description }]) => ({ id, name, description })),
    articles: scenario.knowledge.map(({ id, title }) => ({ id, title })),
    hints: [...hintLevels],
    noteFields: [...noteFields],
    rootCauses: Object.entries(scenario.rootCause.options).map(([id, text]) => ({ id, text })),
    pickedRootCause: picked?.kind === "root_cause_picked" ? picked.option : null,
    cast: isOver ? { id: persona.id, name: persona.name, role: persona.role } : null,
  };
}
