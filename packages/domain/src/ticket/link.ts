import { refuse } from "../refusal.ts";
import type { TicketLinkKind } from "../values.ts";
import { type Decision, decide } from "./decision.ts";
import { type Situation, expectNotMerged } from "./situation.ts";
import type { Labelled } from "./ticket.ts";

/** What one ticket is to another, seen from the first. */
export const ticketRelations = [
  "relates_to",
  "duplicates",
  "duplicated_by",
  "blocks",
  "blocked_by",
  "caused_by",
  "causes",
] as const;
export type TicketRelation = (typeof ticketRelations)[number];

/** The same, seen from the other. */
export const inverseOf: Record<TicketRelation, TicketRelation> = {
  relates_to: "relates_to",
  duplicates: "duplicated_by",
  duplicated_by: "duplicates",
  blocks: "blocked_by",
  blocked_by: "blocks",
  caused_by: "causes",
  causes: "caused_by",
};

/** How a relation is stored: read from left to right. */
export interface TicketLink {
  fromId: string;
  toId: string;
  kind: TicketLinkKind;
}

const isKind = (relation: TicketRelation): relation is TicketLinkKind =>
  ["relates_to", "duplicates", "blocks", "caused_by"].includes(relation);

/** A relation has one way to be stored, whichever end it is seen from. */
export function linkOf(relation: TicketRelation, ticketId: string, otherId: string): TicketLink {
  if (!isKind(relation)) return linkOf(inverseOf[relation], otherId, ticketId);
  const isTurned = relation === "relates_to" && otherId < ticketId;
  return isTurned
    ? { fromId: otherId, toId: ticketId, kind: relation }
    : { fromId: ticketId, toId: otherId, kind: relation };
}

const same = (a: TicketLink, b: TicketLink) =>
  a.fromId === b.fromId && a.toId === b.toId && a.kind === b.kind;

/** A linked ticket by number alone: not everybody who reads the history may see its title. */
export const numbered = ({ id, number }: Numbered): Labelled => ({ id, label: `#${number}` });

export interface Numbered {
  id: string;
  number: number;
}

interface Linking {
  relation: TicketRelation;
  other: Numbered;
  /** The links that there are between the two. */
  links: readonly TicketLink[];
}

/** Links a ticket; where it is linked so already nothing happens. @throws RefusalError `ticket.merged`, `link.contradictory`. */
export function link(situation: Situation, { relation, other, links }: Linking): Decision {
  expectNotMerged(situation);
  const wanted = linkOf(relation, situation.ticket.id, other.id);
  if (links.some((each) => same(each, wanted))) return decide(situation, []);
  const turned = { fromId: wanted.toId, toId: wanted.fromId, kind: wanted.kind };
  if (links.some((each) => same(each, turned)))
    refuse({ code: "link.contradictory", relation: inverseOf[relation] });
  return decide(situation, [
    { kind: "link_added", change: { [relation]: { from: null, to: numbered(other) } } },
  ]);
}

/** Takes a link away; where there is none nothing happens. @throws RefusalError `ticket.merged`. */
export function unlink(situation: Situation, { relation, other, links }: Linking): Decision {
  expectNotMerged(situation);
  const unwanted = linkOf(relation, situation.ticket.id, other.id);
  if (!links.some((each) => same(each, unwanted))) return decide(situation, []);
  return decide(situation, [
    { kind: "link_removed", change: { [relation]: { from: numbered(other), to: null } } },
  ]);
}
