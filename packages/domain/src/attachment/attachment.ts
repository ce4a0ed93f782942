import { type Actor, actorUserId } from "../identity/actor.ts";
import type { Instant } from "../instant.ts";
import { refuse } from "../refusal.ts";
import { canSee, isCustomerOf, seesNotes, ticketScope } from "../ticket/access.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { AttachmentState, Visibility } from "../values.ts";

/** A file as rules see it, with what they need of its ticket. */
export interface Attachment {
  id: string;
  name: string;
  state: AttachmentState;
  uploadedById: string;
  /** Null until it is a part of a comment or of a ticket's description. */
  attachedAt: Instant | null;
  /** That of its comment; a description is public. */
  visibility: Visibility;
  ticket: AttachmentPlace | null;
  /** The tickets that one is merged into, directly or by way of another. */
  mergedInto: readonly AttachmentPlace[];
}

/** What tells who may see a ticket. */
export type AttachmentPlace = Pick<Ticket, "id" | "customerId" | "ccIds" | "assigneeId" | "departmentId">;

/**
 * Attached, it is for whoever sees the text it came with, as timelines show it: with a merge texts come to those who see
 * the other ticket as the desk does. Before that it is for its uploader alone.
 */
export function canSeeAttachment(actor: Actor, { attachedAt, ticket, ...file }: Attachment): boolean {
  if (file.state === "receiving") return false;
  if (attachedAt === null || ticket === null) return actorUserId(actor) === file.uploadedById;
  const isPublic = file.visibility === "public";
  const seesByMerge = (into: AttachmentPlace) =>
    ticketScope(actor) !== "own" &&
    canSee(actor, into) &&
    !isCustomerOf(actor, into) &&
    (isPublic || (seesNotes(actor, into) && !isCustomerOf(actor, ticket)));
  return (
    (canSee(actor, ticket) && (isPublic || seesNotes(actor, ticket))) || file.mergedInto.some(seesByMerge)
  );
}

/** @throws RefusalError `attachment.not_found`, the same whether it is missing or not for this actor. */
export const expectVisibleAttachment = <A extends Attachment>(actor: Actor, attachment: A | undefined): A =>
  attachment && canSeeAttachment(actor, attachment) ? attachment : refuse({ code: "attachment.not_found" });

/** @throws RefusalError `attachment.scan_pending`, `attachment.infected`. */
export function expectReady({ state }: Pick<Attachment, "state">): void {
  if (state === "rejected") refuse({ code: "attachment.infected" });
  if (state !== "ready") refuse({ code: "attachment.scan_pending" });
}
