import { createHash } from "node:crypto";
import {
  type CountedSession,
  type Decision,
  type Desk,
  type Gradable,
  type Instant,
  type Labelled,
  type Run,
  type Scenario,
  type SessionEvent,
  type UserActor,
  chainOf,
  drawCast,
  endings,
  genesisOf,
  giveStage,
  gradingOf,
  onStage,
  openStage,
  playRun,
  simulatedCustomer,
  stageEvent,
} from "@helpdesk/domain";
import type { performanceMetrics, trainingEvents, trainingSessions } from "../schema/index.ts";
import { seededId } from "./ids.ts";
import { type PlayedStory, cycleRows, recorded, ticketRow } from "./play.ts";

/** What a session is played on. */
export interface Ground {
  desk: Desk;
  customerId: string;
  trainee: UserActor;
  name: string;
  scenario: Scenario;
  scenarioId: string;
  definitionHash: string;
  recognise: (text: string) => readonly string[];
}

export interface Rehearsed {
  session: typeof trainingSessions.$inferInsert;
  events: (typeof trainingEvents.$inferInsert)[];
  grading: typeof performanceMetrics.$inferInsert;
  stage: Omit<PlayedStory, "decided" | "notifications">;
  counted: Omit<CountedSession, "localDate">;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A session by a rehearsed run, with the rows that the product writes of one. @throws Error where it cannot be played. */
export function rehearse(
  ground: Ground,
  run: Run,
  { id, at, attempt, number }: { id: string; at: Instant; attempt: number; number: number },
): Rehearsed {
  const { desk, scenario, scenarioId, definitionHash, trainee } = ground;
  const { organizationId } = desk;
  const { seed, castRole } = seedOf(id, scenario, run.cast);
  const played = playRun({ scenario, castId: run.cast, seed }, run.steps, ground.recognise, at);
  if ("problem" in played) throw new Error(`${scenario.id}, ${run.name}: ${played.problem}`);
  const { log } = played;
  const last = log.at(-1)!;
  const ending = endings.find((kind) => kind === last.kind);
  if (!ending) throw new Error(`${scenario.id}, ${run.name}: it does not end.`);

  const gradable: Gradable = { castId: run.cast, attempt, isVirtual: false };
  const pin = { ...gradable, sessionId: id, userId: trainee.userId, definitionHash, seed };
  const hashes = chainOf(
    sha256,
    genesisOf(sha256, pin),
    log.map((event) => ({ event, actorId: null })),
  );
  const grading = gradingOf(gradable, scenario, log);
  const stage = staged(ground, log, { id: seededId(`${id}/ticket`), number });
  const tenant = { organizationId, trainingSessionId: id };
  return {
    stage,
    session: {
      ...gradable,
      organizationId,
      id,
      scenarioId,
      scenarioKey: scenario.id,
      userId: trainee.userId,
      ticketId: stage.ticket.id,
      definitionHash,
      seed,
      castRole,
      lastEventSequence: last.sequence,
      lastEventAt: last.at,
      logHash: hashes.at(-1)!,
      ending,
      startedAt: at,
      endedAt: last.at,
    },
    events: log.map(({ sequence, kind, at: happenedAt, ...data }, i) => ({
      ...tenant,
      sequence,
      kind,
      data,
      at: happenedAt,
      hash: hashes[i]!,
    })),
    grading: { ...tenant, ...grading, revision: 1, cause: "ended", gradedAt: last.at },
    counted: {
      sessionId: id,
      scenarioKey: scenario.id,
      title: scenario.title,
      difficulty: scenario.difficulty,
      skills: scenario.skills,
      castRole,
      ending,
      attempt,
      endedAt: last.at,
      sections: {
        verification: grading.verificationHundredths,
        communication: grading.communicationHundredths,
        technical: grading.technicalHundredths,
        documentation: grading.documentationHundredths,
        responseTime: grading.responseTimeHundredths,
      },
      overall: grading.overallHundredths,
      isPassed: grading.isPassed,
      xp: grading.xp,
      traits: grading.details["traits"] as CountedSession["traits"],
    },
  };
}

/** The first seed of a session's own that draws this one of the cast. */
function seedOf(id: string, { cast }: Scenario, castId: string) {
  for (let draw = 0; ; draw++) {
    const seed = sha256(`${id}/${draw}`).slice(0, 32);
    const drawn = drawCast(seed, cast);
    if (drawn.id === castId) return { seed, castRole: drawn.role };
    if (draw > 10_000) throw new Error(`${castId} is never drawn.`);
  }
}

/** The simulated ticket of a session, by the production rules. */
function staged(
  { desk, customerId, trainee, name, scenario }: Ground,
  log: readonly SessionEvent[],
  { id, number }: { id: string; number: number },
): Rehearsed["stage"] {
  const customer = simulatedCustomer(desk.organizationId, customerId);
  const actor = onStage(trainee);
  const labelled: Labelled = { id: trainee.userId, label: name };
  const history: PlayedStory["history"] = [];
  const comments: PlayedStory["comments"] = [];
  let last: Decision = openStage(desk, customer, log[0]!.at, { id, ticket: scenario.ticket });
  const keep = (decision: Decision, userId: string) => {
    const rows = recorded(desk, decision, userId, "web");
    history.push(...rows.history);
    comments.push(...rows.comments);
    last = decision;
  };
  keep(last, customerId);
  keep(giveStage({ ...last, desk, actor }, labelled), trainee.userId);
  for (const event of log) {
    const newId = () => seededId(`${id}/comment/${event.sequence}`);
    const situation = { ...last, desk, actor, at: event.at, newId, customer, trainee: labelled };
    const decision = stageEvent(situation, event);
    if (decision) keep(decision, event.kind === "customer_said" ? customerId : trainee.userId);
  }
  return {
    history,
    comments,
    ticket: ticketRow(desk, last.ticket, {
      number,
      description: scenario.ticket.body,
      createdById: customerId,
    }),
    cycles: cycleRows(desk, last),
  };
}
