import { notificationsOf } from "../notification/audience.ts";
import { isDone } from "../sla/period.ts";
import { canSee, isCustomerOf, isOnCustomersSide } from "./access.ts";
import { type Story, categoryOf, decisionsOf, pairsOf } from "./story.fixtures.ts";
import { type Ticket, isClockEvent, isQuiet } from "./ticket.ts";

/** What of a story breaks it: nothing, where it holds. */
export type Law = (story: Story) => unknown[];

const fieldsOf = ({
  statusId,
  priority,
  assigneeId,
  departmentId,
  title,
  tagIds,
  fields: custom,
  merge,
}: Ticket) =>
  JSON.stringify([statusId, priority, assigneeId, departmentId, title, tagIds, custom, merge !== null]);

/** Fields that are told by id, before and after. */
const fields = ["status", "priority", "assignee", "department", "tags", "followers", "cc"];

/** What may be done to a closed ticket. */
const afterClosing = [
  "rate",
  "remove_attachment",
  "reopen",
  "follow",
  "link",
  "unlink",
  "set_cc",
  "close_resolved",
  "watch",
  "unmerge",
  "lose_merge",
];

/** What may be done to a merged one. */
const afterMerging = ["rate", "unmerge", "close_resolved", "watch", "lose_merge"];

export const ticketLaws: Record<string, Law> = {
  "events are numbered from 1 without a gap, and the ticket knows the last": (story) => {
    let last = 0;
    return decisionsOf(story).filter(({ events, ticket }) => {
      const isGapless = events.every(({ sequence }) => sequence === ++last);
      return !isGapless || ticket.lastEventSequence !== last;
    });
  },

  "the version is 1 and one more for each decision that changed a field": (story) => [
    ...[story.opened].filter(({ ticket }) => ticket.version !== 1),
    ...pairsOf(story).filter(([{ ticket: before }, { ticket, events }]) => {
      const isRewritten = events.some(({ kind }) => kind === "description_changed" || kind === "split_off");
      const isChanged = isRewritten || fieldsOf(before) !== fieldsOf(ticket);
      return ticket.version !== before.version + (isChanged ? 1 : 0);
    }),
  ],

  "the events alone tell the ticket's status, priority, assignee, department and tags": (story) => {
    const told: Record<string, string | null> = { assignee: null };
    return decisionsOf(story).filter(({ events, ticket }) => {
      let isChained = true;
      const acts = events.filter(({ kind }) => !isClockEvent(kind));
      for (const [field, { from, to }] of acts.flatMap(({ changes }) => Object.entries(changes))) {
        if (!fields.includes(field)) continue;
        isChained &&= (from?.id ?? null) === (told[field] ?? null);
        told[field] = to?.id ?? null;
      }
      return !(
        isChained &&
        told["status"] === story.desk.statuses.byId(ticket.statusId).key &&
        told["priority"] === ticket.priority &&
        told["assignee"] === ticket.assigneeId &&
        told["department"] === ticket.departmentId &&
        (told["tags"] ?? "") === ticket.tagIds.join(",")
      );
    });
  },

  "where nothing happened, nothing of the ticket changed": (story) =>
    pairsOf(story).filter(
      ([before, { events, ticket, comment }]) =>
        events.length === 0 && (comment !== null || JSON.stringify(ticket) !== JSON.stringify(before.ticket)),
    ),

  "the status moves only along the graph, but for reopening, which leads from closed to work, and for merges":
    (story) =>
      story.steps.filter(({ name, situation: { ticket: before }, decision }) => {
        if (!decision || before.statusId === decision.ticket.statusId) return false;
        if (name === "merge" || name === "unmerge") return false;
        return name === "reopen"
          ? categoryOf(story, before) !== "closed" ||
              !["open", "in_progress"].includes(categoryOf(story, decision.ticket))
          : !story.desk.statuses.byId(before.statusId).nextIds.includes(decision.ticket.statusId);
      }),

  "every act on a closed ticket but reopening, following and linking is refused, and closed is no reason elsewhere":
    (story) =>
      story.steps
        .filter(({ situation }) => situation.ticket.merge === null)
        .filter(({ name, situation, refusal }) =>
          categoryOf(story, situation.ticket) === "closed" && !afterClosing.includes(name)
            ? !["ticket.closed", "version.conflict", "status.unknown"].includes(refusal?.code ?? "")
            : refusal?.code === "ticket.closed",
        ),

  "every act on a merged ticket but the undo is refused with the ticket that goes on, for those who may see it, and merged is no reason elsewhere":
    (story) =>
      story.steps.filter(({ name, by, situation, refusal }) => {
        const { merge } = situation.ticket;
        if (merge === null || afterMerging.includes(name)) return refusal?.code === "ticket.merged";
        if (refusal?.code !== "ticket.merged")
          return !["version.conflict", "status.unknown"].includes(refusal?.code ?? "");
        return (refusal.into?.id ?? null) !== (canSee(by, merge.into) ? merge.into.id : null);
      }),

  "a merge and its undo come in turns, and the status after the undo is the one before": (story) => {
    let before: string | null = null;
    return story.steps.filter(({ name, situation, decision, refusal }) => {
      const { merge, statusId } = situation.ticket;
      if ((merge !== null) !== (before !== null)) return true;
      if (name === "unmerge" && before === null) return decision !== null || refusal === null;
      if (name !== "unmerge" || !decision) {
        if (decision?.ticket.merge) before ??= statusId;
        return false;
      }
      const had = before;
      before = null;
      return decision.ticket.statusId !== had || decision.ticket.merge !== null;
    });
  },

  "a stale version is refused with the version there is, and no other is": (story) =>
    story.steps.filter(({ situation, readVersion, refusal }) => {
      const { version } = situation.ticket;
      const isStale = readVersion !== null && readVersion !== version;
      if (refusal?.code === "version.conflict") return !isStale || refusal.version !== version;
      return isStale && refusal?.code !== "status.unknown";
    }),

  "a ticket has been resolved while it is resolved or closed, and closed while it is closed": (story) =>
    decisionsOf(story).filter(({ ticket }) => {
      const category = categoryOf(story, ticket);
      return (
        (ticket.resolvedAt !== null) !== isDone(category) ||
        (ticket.closedAt !== null) !== (category === "closed")
      );
    }),

  "the first response is the first public word of a person who is not the customer, and never changes": (
    story,
  ) => {
    let firstAt: string | null = null;
    return story.steps.filter(({ name, by, at, situation, decision }) => {
      const isAnswer = name === "reply" && by.kind === "user" && !isCustomerOf(by, situation.ticket);
      if (decision && isAnswer) firstAt ??= at;
      return decision !== null && decision.ticket.firstRespondedAt !== firstAt;
    });
  },

  "after a customer's word a ticket neither waits nor is resolved, unless no way leads back to work": (
    story,
  ) =>
    story.steps.filter(({ name, by, situation, decision }) => {
      if (name !== "reply" || !decision || !isCustomerOf(by, situation.ticket)) return false;
      const { statuses } = story.desk;
      const isWork = (id: string) => ["open", "in_progress"].includes(statuses.byId(id).category);
      const ways = statuses.byId(situation.ticket.statusId).nextIds;
      return !isWork(decision.ticket.statusId) && ways.some(isWork);
    }),

  "nobody is told of their own act, nobody twice of one, and the customer's side of no note": (story) =>
    [{ by: story.opener, decision: story.opened }, ...story.steps].filter(({ by, decision }) => {
      if (!decision) return false;
      const told = notificationsOf(decision, story.desk, by);
      const isNote = decision.events.every(({ kind }) => isQuiet(kind));
      return (
        new Set(told.map(({ userId }) => userId)).size !== told.length ||
        told.some(
          ({ userId }) =>
            (by.kind === "user" && userId === by.userId) ||
            (isNote && isOnCustomersSide(userId, decision.ticket)),
        )
      );
    }),
};
