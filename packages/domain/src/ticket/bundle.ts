import type { Priority, Visibility } from "../values.ts";
import { addNote } from "./add-note.ts";
import { type Candidate, assign, take } from "./assign.ts";
import { type Decision, decide } from "./decision.ts";
import { type Writing, reply } from "./reply.ts";
import { route } from "./route.ts";
import type { FieldPatch } from "./fields.ts";
import { setFields } from "./set-fields.ts";
import { setPriority } from "./set-priority.ts";
import { setStatus } from "./set-status.ts";
import { setTags } from "./set-tags.ts";
import { type Situation, expectNotClosed } from "./situation.ts";
import type { Labelled } from "./ticket.ts";

/** Several changes made as one; what is left out stays, and what is so already is no change. */
export interface Bundle {
  departmentId?: string | null;
  /** To whom it is given, or taken from whoever has it. */
  assignee?: Candidate | null;
  /** Who takes it, where nobody has it. */
  taker?: Candidate;
  priority?: Priority;
  /** `known` has the names of those the ticket has now, too. */
  tags?: { addIds: readonly string[]; removeIds: readonly string[]; known: readonly Labelled[] };
  fields?: FieldPatch;
  comment?: Writing & { visibility: Visibility };
  status?: string;
}

type Step = (situation: Situation) => Decision;

/**
 * Makes all changes or none, as one decision that counts as one version. `holder` has the ticket now.
 * @throws RefusalError as the changes do, each by itself.
 */
export function applyBundle(situation: Situation, bundle: Bundle, holder: Candidate | null): Decision {
  const { departmentId, assignee, taker, priority, tags, fields, comment, status } = bundle;
  expectNotClosed(situation);
  const steps: Step[] = [];
  if (departmentId !== undefined) steps.push((s) => route(s, { departmentId, assignee: holder, ...read(s) }));
  if (assignee !== undefined) {
    steps.push((s) => assign(s, { candidate: assignee, assignee: holderOf(s, holder), ...read(s) }));
  }
  if (taker) steps.push((s) => take(s, { candidate: taker }));
  if (priority) steps.push((s) => setPriority(s, { priority, ...read(s) }));
  if (tags) {
    const { addIds, removeIds, known } = tags;
    const tagsOf = ({ ticket }: Situation) =>
      [...ticket.tagIds, ...addIds].filter((id) => !removeIds.includes(id));
    steps.push((s) => setTags(s, { tagIds: tagsOf(s), tags: known, ...read(s) }));
  }
  if (fields) steps.push((s) => setFields(s, { fields, ...read(s) }));
  if (comment) steps.push((s) => (comment.visibility === "public" ? reply : addNote)(s, comment));
  if (status !== undefined) {
    const to = situation.desk.statuses.byKey(status);
    steps.push((s) => (s.ticket.statusId === to.id ? decide(s, []) : setStatus(s, { status, ...read(s) })));
  }
  return inOne(situation, steps);
}

const read = ({ ticket: { version } }: Situation) => ({ version });

const holderOf = ({ ticket }: Situation, holder: Candidate | null): Labelled | null =>
  ticket.assigneeId === null || holder === null ? null : { id: holder.id, label: holder.name };

/** Takes the steps one after the other, each from where the last one led, and tells them as one decision. */
export function inOne(situation: Situation, steps: readonly Step[]): Decision {
  let whole = decide(situation, []);
  let isChanged = false;
  for (const step of steps) {
    const next = step({ ...situation, ...whole });
    isChanged ||= next.ticket.version > whole.ticket.version;
    whole = {
      ...next,
      before: situation.ticket,
      events: [...whole.events, ...next.events],
      comment: next.comment ?? whole.comment,
    };
  }
  const version = situation.ticket.version + (isChanged ? 1 : 0);
  const changedCycles = whole.cycles.filter((cycle) => !situation.cycles.includes(cycle));
  return { ...whole, changedCycles, ticket: { ...whole.ticket, version } };
}
