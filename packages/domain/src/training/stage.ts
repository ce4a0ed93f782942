import type { Instant } from "../instant.ts";
import { textLimits } from "../values.ts";
import type { Actor, UserActor } from "../identity/actor.ts";
import { permissions } from "../identity/permission.ts";
import { dueCacheOf } from "../sla/clocks.ts";
import { cancelCycle, isDone } from "../sla/index.ts";
import { addNote } from "../ticket/add-note.ts";
import { reassign } from "../ticket/assign.ts";
import { calendarOf } from "../ticket/clocks.ts";
import { type Decision, type Happening, decide } from "../ticket/decision.ts";
import type { Desk } from "../ticket/desk.ts";
import { openTicket } from "../ticket/open.ts";
import { reply } from "../ticket/reply.ts";
import { moveTo } from "../ticket/set-status.ts";
import type { Situation } from "../ticket/situation.ts";
import type { Labelled } from "../ticket/ticket.ts";
import { noteFields, type NoteField } from "./criterion.ts";
import type { Scenario } from "./scenario.ts";
import type { SessionEvent } from "./session-log.ts";

/** Whoever plays on the simulated ticket has an agent's rights on it, whatever their role has on the desk's tickets. */
export const onStage = (trainee: UserActor): UserActor => ({ ...trainee, permissions: new Set(permissions) });

/** The simulated customer, as decisions on its ticket know a customer. */
export const simulatedCustomer = (organizationId: string, userId: string): UserActor => ({
  kind: "user",
  userId,
  organizationId,
  roleKey: "customer",
  permissions: new Set(),
  departmentIds: new Set(),
  authSessionId: null,
  via: null,
});

/** The ticket that a session begins with, opened by its customer. */
export const openStage = (
  desk: Desk,
  customer: UserActor,
  at: Instant,
  { id, ticket }: { id: string; ticket: Scenario["ticket"] },
): Decision =>
  openTicket(desk, customer, at, {
    id,
    title: ticket.subject.slice(0, textLimits.title),
    priority: ticket.priority,
    source: ticket.source,
    customerId: customer.userId,
    departmentId: null,
    isSimulated: true,
  });

/** The ticket is the trainee's from its beginning. */
export const giveStage = (situation: Situation, trainee: Labelled): Decision =>
  decide(situation, [reassign(null, trainee)]);

/** What a session's ticket is to an event: its clocks, its conversation, its end. */
export interface Stage extends Situation {
  /** The ids that comments will have. */
  newId(): string;
  customer: Actor;
  trainee: Labelled;
}

/** What an event does to the session's ticket, by the production rules; null where the desk would not notice it. */
export function stageEvent(stage: Stage, event: SessionEvent): Decision | null {
  const comment = (body: string) => ({ commentId: stage.newId(), body });
  switch (event.kind) {
    case "trainee_said":
      return reply(stage, comment(event.text));
    case "customer_said":
      return reply({ ...stage, actor: stage.customer }, comment(event.text));
    case "note_written":
      return addNote(stage, comment(noteOf(event.fields)));
    case "resolved":
      return resolve(stage, "");
    case "refused":
      return resolve(stage, event.reason);
    case "escalated":
      return handBack(stage, event.reason);
    case "abandoned":
      return handBack(stage, "");
    default:
      return null;
  }
}

const fieldNames: Record<NoteField, string> = {
  symptom: "Symptom",
  verification: "Verification",
  cause: "Cause",
  action: "Action",
  next_step: "Next step",
};

const noteOf = (fields: Partial<Record<NoteField, string>>): string =>
  noteFields
    .flatMap((field) => (fields[field]?.trim() ? [`**${fieldNames[field]}:** ${fields[field]}`] : []))
    .join("\n\n");

/** Somebody else would go on with it, on another ticket: this one's clocks end where they are. */
function handBack(stage: Stage, reason: string): Decision {
  const { desk, at } = stage;
  const decision = because(stage, reason, [reassign(stage.trainee, null)]);
  const cycles = decision.cycles.map((cycle) => cancelCycle(cycle, calendarOf(desk, cycle.calendarId), at));
  return {
    ...decision,
    cycles,
    changedCycles: cycles.filter((cycle) => !stage.cycles.includes(cycle)),
    ticket: { ...decision.ticket, ...dueCacheOf(cycles) },
  };
}

/** Straight to resolved: the ways between statuses and the fields that a desk asks for are not the trainee's matter. */
function resolve(stage: Stage, reason: string): Decision {
  const { ticket, desk, at } = stage;
  const from = desk.statuses.byId(ticket.statusId);
  const to = desk.statuses.firstAllowedIn(from, "resolved") ?? desk.statuses.firstIn("resolved");
  return because(stage, reason, to && !isDone(from.category) ? [moveTo(ticket, from, to, at)] : []);
}

/** An internal note says why, where there is anything to say. */
function because(stage: Stage, reason: string, happenings: readonly Happening[]): Decision {
  if (reason.trim() === "") return decide(stage, happenings);
  const commentId = stage.newId();
  const comment = { id: commentId, visibility: "internal", body: reason } as const;
  return decide(stage, [{ kind: "note_added", commentId }, ...happenings], comment);
}
