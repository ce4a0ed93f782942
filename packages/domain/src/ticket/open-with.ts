import type { Actor } from "../identity/actor.ts";
import { type Decision, type Happening, decide } from "./decision.ts";
import type { Desk } from "./desk.ts";
import { type FieldPatch, type FieldValues, expectFilled, neededToOpen, patchFields } from "./fields.ts";
import { becoming, handOf } from "./set-fields.ts";
import { type Labelled, together } from "./ticket.ts";

export interface OpenedWith {
  /** Those that the organization gives by a template, whoever opens the ticket. */
  tags: readonly Labelled[];
  templateFields: FieldValues;
  /** What the opener says, over the template's. */
  fields: FieldPatch;
  /** Whether whoever opens it can be asked for fields it needs: who writes a mail cannot. */
  canBeAsked?: boolean;
}

/**
 * An opening with tags and fields. They come after it, since its customer sees how the ticket was opened, and not these.
 * @throws RefusalError `field.invalid`, `field.required`.
 */
export function openWith(
  desk: Desk,
  actor: Actor,
  opening: Decision,
  { tags, templateFields, fields: given, canBeAsked = true }: OpenedWith,
): Decision {
  const { at, ticket } = opening;
  const hand = handOf(actor, ticket);
  const fields = patchFields(desk.fields, templateFields, given, hand);
  if (canBeAsked) expectFilled(neededToOpen(desk.fields, hand), fields);
  const tagIds = tags.map(({ id }) => id).toSorted();
  const happenings: Happening[] =
    tagIds.length === 0
      ? []
      : [{ kind: "tags_changed", patch: { tagIds }, change: { tags: { from: null, to: together(tags) } } }];
  happenings.push(...becoming(desk, ticket.fields, fields));
  const decision = decide({ ...opening, desk, actor, at }, happenings);
  return {
    ...decision,
    before: null,
    events: [...opening.events, ...decision.events],
    changedCycles: [...decision.cycles],
    ticket: { ...decision.ticket, version: ticket.version },
  };
}
