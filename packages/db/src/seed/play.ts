import {
  type Actor,
  addNote,
  assign,
  type Candidate,
  type Decision,
  type Desk,
  type Instant,
  isClockEvent,
  notificationsOf,
  openTicket,
  plusSeconds,
  reply,
  route,
  setPriority,
  type Situation,
  type Source,
  setStatus,
  take,
  type Ticket,
  type UserActor,
} from "@helpdesk/domain";
import type { notifications, slaCycles, ticketComments, ticketHistory, tickets } from "../schema/index.ts";
import { seededId } from "./ids.ts";
import type { Act, Story } from "./story.ts";

/** A person of the desk, by the name before the @. */
export type Cast = ReadonlyMap<string, Candidate & { roleKey: string }>;

export interface PlayedStory {
  /** The ticket as rules see it. */
  decided: Ticket;
  ticket: typeof tickets.$inferInsert;
  comments: (typeof ticketComments.$inferInsert)[];
  history: (typeof ticketHistory.$inferInsert)[];
  cycles: (typeof slaCycles.$inferInsert)[];
  notifications: (typeof notifications.$inferInsert)[];
}

/** What is older than this before the end of the stories was read an hour after it came. */
const UNREAD_SECONDS = 2 * 86_400;

/** Plays a story through the domain's own rules, so that its rows are what the product would have written. */
export function play(desk: Desk, cast: Cast, story: Story, number: number, endsAt: Instant): PlayedStory {
  const { organizationId } = desk;
  const id = seededId(`${organizationId}/ticket/${number}`);
  const opener = personOf(cast, story.by);
  const customerId = personOf(cast, story.customer ?? story.by).id;
  const departmentId = departmentIdOf(desk, story.department);
  const { title, description, priority, source } = story;
  const rows: Omit<PlayedStory, "decided" | "ticket" | "cycles"> = {
    comments: [],
    history: [],
    notifications: [],
  };
  const record = (decision: Decision, actor: UserActor) => {
    const { at } = decision;
    const { history, comments } = recorded(desk, decision, actor.userId, source);
    rows.history.push(...history);
    rows.comments.push(...comments);
    for (const { kind, userId } of notificationsOf(decision, desk, actor)) {
      rows.notifications.push({
        organizationId,
        id: seededId(`${id}/${decision.ticket.lastEventSequence}/told/${userId}`),
        userId,
        kind,
        ticketId: id,
        actorId: kind === "sla_warning" || kind === "sla_breached" ? null : actor.userId,
        data: { number, title },
        createdAt: at,
        readAt: plusSeconds(at, UNREAD_SECONDS) < endsAt ? plusSeconds(at, 3600) : null,
        // What only was played is mailed to nobody.
        mailState: "skipped" as const,
      });
    }
    return decision;
  };

  const actor = actorOf(desk, cast, story.by);
  const opening = { id, title, priority, source, customerId, departmentId };
  let last = record(openTicket(desk, actor, story.at, opening), actor);
  const categories = [{ at: story.at, category: desk.statuses.initial.category }];
  for (const act of story.acts) {
    const doer = actorOf(desk, cast, act.by);
    last = record(perform(desk, cast, { ...last, categories }, act, doer), doer);
    const { category } = desk.statuses.byId(last.ticket.statusId);
    if (categories.at(-1)?.category !== category) categories.push({ at: act.at, category });
  }
  return {
    ...rows,
    decided: last.ticket,
    ticket: ticketRow(desk, last.ticket, { number, description, createdById: opener.id }),
    cycles: cycleRows(desk, last),
  };
}

/** A person as who acts. @throws Error where nobody is called so. */
export function actorOf({ organizationId }: Desk, cast: Cast, name: string): UserActor {
  const { id: userId, roleKey, permissions, departmentIds } = personOf(cast, name);
  return {
    kind: "user",
    userId,
    organizationId,
    roleKey,
    permissions,
    departmentIds,
    authSessionId: userId,
    via: null,
  };
}

/** The history and the comment that a decision leaves. */
export function recorded(
  { organizationId, rulesVersion }: Desk,
  { ticket, comment, events, at }: Decision,
  userId: string,
  source: Source,
): Pick<PlayedStory, "history" | "comments"> {
  const of = { organizationId, ticketId: ticket.id };
  const history = events.map(({ kind, sequence, changes }) => ({
    ...of,
    id: seededId(`${ticket.id}/${sequence}`),
    sequence,
    kind,
    actorId: isClockEvent(kind) ? null : userId,
    actorKind: isClockEvent(kind) ? ("system" as const) : ("user" as const),
    changes,
    at,
    rulesVersion,
  }));
  if (!comment) return { history, comments: [] };
  const { sequence } = events.find((event) => event.commentId === comment.id)!;
  return {
    history,
    comments: [{ ...comment, ...of, authorId: userId, source, createdAt: at, sequence }],
  };
}

/** A ticket as it is stored. */
export const ticketRow = (
  { organizationId }: Desk,
  ticket: Ticket,
  rest: { number: number; description: string; createdById: string },
): typeof tickets.$inferInsert => ({ ...ticket, customFields: ticket.fields, organizationId, ...rest });

export const cycleRows = (
  { organizationId }: Desk,
  { ticket: { id: ticketId }, cycles }: Pick<Decision, "ticket" | "cycles">,
): (typeof slaCycles.$inferInsert)[] =>
  cycles.map((cycle) => ({
    ...cycle,
    organizationId,
    id: seededId(`${ticketId}/${cycle.metric}/${cycle.ordinal}`),
    ticketId,
  }));

type Past = Pick<Situation, "ticket" | "cycles" | "categories">;

function perform(desk: Desk, cast: Cast, past: Past, act: Act, actor: Actor): Decision {
  const { ticket } = past;
  const situation = { ...past, desk, actor, at: act.at };
  const { version } = ticket;
  const commentId = seededId(`${ticket.id}/comment/${ticket.lastEventSequence + 1}`);
  const assignee = [...cast.values()].find(({ id }) => id === ticket.assigneeId);
  const labelled = assignee ? { id: assignee.id, label: assignee.name } : null;
  if ("reply" in act) return reply(situation, { commentId, body: act.reply });
  if ("note" in act) return addNote(situation, { commentId, body: act.note });
  if ("take" in act) return take(situation, { candidate: personOf(cast, act.by) });
  if ("assign" in act) {
    return assign(situation, { candidate: personOf(cast, act.assign), assignee: labelled, version });
  }
  if ("status" in act) return setStatus(situation, { status: act.status, version });
  if ("priority" in act) return setPriority(situation, { priority: act.priority, version });
  return route(situation, {
    departmentId: departmentIdOf(desk, act.route),
    assignee: assignee ?? null,
    version,
  });
}

function personOf(cast: Cast, name: string) {
  const person = cast.get(name);
  if (!person) throw new Error(`Nobody of the seeded people is called ${name}.`);
  return person;
}

function departmentIdOf(desk: Desk, name: string | undefined): string | null {
  if (name === undefined) return null;
  const department = [...desk.departments.values()].find((each) => each.name === name);
  if (!department) throw new Error(`There is no seeded department ${name}.`);
  return department.id;
}
