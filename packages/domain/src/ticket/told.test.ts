import { describe, expect, test } from "vitest";
import { addNote } from "./add-note.ts";
import { assign } from "./assign.ts";
import type { Decision } from "./decision.ts";
import {
  ada,
  after,
  ben,
  cora,
  desk,
  mia,
  minute,
  movedTo,
  opened,
  personOf,
  policy,
  system,
} from "./desk.fixtures.ts";
import { editComment } from "./edit-comment.ts";
import { edit } from "./edit.ts";
import { setFollowers } from "./follow.ts";
import { link, unlink } from "./link.ts";
import { merge, unmerge } from "./merge.ts";
import { receiveRating } from "./rating.ts";
import { removeAttachment } from "./remove-attachment.ts";
import { reopen } from "./reopen.ts";
import { reply } from "./reply.ts";
import { route } from "./route.ts";
import { setCc } from "./set-cc.ts";
import { setFields } from "./set-fields.ts";
import { setPriority } from "./set-priority.ts";
import { setTags } from "./set-tags.ts";
import { split, splitOff } from "./split.ts";
import { type TicketEventKind, ticketEventKinds } from "./ticket.ts";
import { watchClocks } from "./watch-clocks.ts";

const HOUR = 3_600;
const step = {
  metric: "first_response",
  afterDueSeconds: 0,
  action: { kind: "raise_priority", priority: null },
} as const;
const watched = {
  ...desk,
  policies: [
    policy({
      id: "p",
      firstResponseTargetSeconds: HOUR,
      warnings: { beforeDueSeconds: { first_response: HOUR / 2 } },
      escalations: { steps: [step] },
    }),
  ],
  fields: [
    {
      id: "field",
      key: "serial",
      name: "Serial number",
      kind: "text" as const,
      options: [],
      min: null,
      max: null,
      requiredTo: null,
      customerAccess: "edit" as const,
    },
  ],
};

const now = (from = opened({}, watched), actor: typeof ada = ada) => after(from, actor, minute(20), watched);
const comment = { commentId: "comment", body: "Hello" };
const written = (visibility: "public" | "internal") => ({
  id: "comment",
  visibility,
  body: "Helo",
  authorId: "ada",
  version: 1,
  updatedAt: minute(1),
});
const numbered = (id: string, number: number, from = opened({ id })) => {
  const situation = after(from, ada, minute(20));
  return { ...situation, ticket: { ...situation.ticket, number } };
};
const merged = merge({ source: numbered("one", 1), target: numbered("two", 2), version: 1 });
const undone = unmerge({
  source: numbered("one", 1, merged.source),
  target: numbered("two", 2, merged.target),
  version: merged.source.ticket.version,
});
const moved = [
  { id: "a", authorId: "cora", visibility: "public" as const },
  { id: "b", authorId: "ada", visibility: "internal" as const },
];
const divided = split(numbered("one", 1), {
  version: 1,
  opening: { ...opened().ticket, id: "two" },
  comments: moved,
  cc: [],
});
const due = (minutes: number) =>
  watchClocks(after(opened({}, watched), system, minute(minutes), watched), new Map());

/** A decision of which each kind of event comes. */
const makers: Record<TicketEventKind, () => Decision> = {
  ticket_opened: () => opened(),
  reply_added: () => reply(now(), comment),
  note_added: () => addNote(now(), comment),
  reply_edited: () => editComment(now(), written("public"), { version: 1, body: "Hello" }),
  note_edited: () => editComment(now(), written("internal"), { version: 1, body: "Hello" }),
  status_changed: () => movedTo("waiting"),
  priority_changed: () => setPriority(now(), { priority: "high", version: 1 }),
  assignee_changed: () => assign(now(), { candidate: ben, assignee: null, version: 1 }),
  department_changed: () => route(now(), { departmentId: "billing", assignee: null, version: 1 }),
  ticket_reopened: () =>
    reopen(after(movedTo("closed"), mia, minute(20)), { reason: "Not done", version: 2 }),
  title_changed: () => edit(now(), { version: 1, title: "The printer smokes" }),
  description_changed: () => edit(now(), { version: 1, description: { from: "", to: "After" } }),
  tags_changed: () => setTags(now(), { tagIds: ["t"], tags: [{ id: "t", label: "bug" }], version: 1 }),
  fields_changed: () => setFields(now(), { fields: { serial: "17" }, version: 1 }),
  followers_changed: () => setFollowers(now(), { before: [], after: [ben] }),
  cc_changed: () => setCc(now(), { before: [], after: [personOf("customer", "carl")] }),
  link_added: () => link(now(), { relation: "blocks", other: { id: "two", number: 2 }, links: [] }),
  link_removed: () =>
    unlink(now(), {
      relation: "blocks",
      other: { id: "two", number: 2 },
      links: [{ fromId: "ticket", toId: "two", kind: "blocks" }],
    }),
  attachment_removed: () => removeAttachment(now(), { id: "file", name: "bill.pdf", uploadedById: "ada" }),
  merged_into: () => merged.source,
  merge_received: () => merged.target,
  unmerged: () => undone.source,
  merge_undone: () => undone.target,
  split_off: () => splitOff(numbered("one", 1), { id: "two", number: 2 }, moved),
  reply_moved: () => divided,
  note_moved: () => divided,
  sla_warning: () => due(31),
  sla_breached: () => due(61),
  sla_escalated: () => due(61),
  rating_received: () => receiveRating(now(undefined, cora), { score: "bad", comment: "Slow" }),
};

/** The comment stands beside these in the timeline. */
const ofComments: readonly TicketEventKind[] = ["reply_added", "note_added", "reply_moved", "note_moved"];

describe("every kind of event is told", () => {
  test.for(ticketEventKinds)("%s: what it changed has labels, before or after", (kind) => {
    const event = makers[kind]().events.find((each) => each.kind === kind)!;
    expect(event).toBeDefined();
    const changes = Object.entries(event.changes);
    const said = changes.flatMap(([, { from, to }]) => [from, to]).filter((each) => each !== null);
    expect(said.length > 0 || (ofComments.includes(kind) && event.commentId !== null)).toBe(true);
    for (const [field] of changes) expect(field).toMatch(/^[a-z][a-z_]*$/);
    for (const each of said) expect(each).toEqual({ id: expect.any(String), label: expect.any(String) });
    // The text that was there before may have been none.
    expect(said.filter(({ id, label }) => id !== "" && label === "")).toEqual([]);
  });

  test.for(ticketEventKinds.filter((kind) => /_(changed|edited)$/.test(kind)))(
    "%s: what was is not what is",
    (kind) => {
      const { changes } = makers[kind]().events.find((each) => each.kind === kind)!;
      for (const { from, to } of Object.values(changes)) expect(from).not.toEqual(to);
    },
  );
});
