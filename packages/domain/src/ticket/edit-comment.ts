import { type Actor, actorUserId, demand } from "../identity/actor.ts";
import type { Instant } from "../instant.ts";
import { expectVersion, refuse } from "../refusal.ts";
import { type CustomersSide, seesNotes } from "./access.ts";
import { type Decision, decide } from "./decision.ts";
import { type Mentioned, mentioning } from "./mentioning.ts";
import { type Situation, expectNotClosed } from "./situation.ts";
import type { Comment } from "./ticket.ts";

/** A comment as it was written or last edited. */
export interface WrittenComment extends Comment {
  authorId: string | null;
  version: number;
  updatedAt: Instant;
}

/** @throws RefusalError `comment.not_found`, the same whether it is missing or a note that is not for the actor. */
export function expectReadable<T extends Pick<Comment, "visibility">>(
  { actor, ticket }: { actor: Actor; ticket: CustomersSide },
  comment: T | undefined,
): T {
  return comment && (comment.visibility === "public" || seesNotes(actor, ticket))
    ? comment
    : refuse({ code: "comment.not_found" });
}

/**
 * Gives a comment another text; the same text changes nothing. It answers nobody: no clock hears of it, and of a
 * note's edit nobody who does not see notes.
 * @throws RefusalError `permission.denied`, `version.conflict`, `ticket.closed`, `mention.not_eligible`.
 */
export function editComment(
  situation: Situation,
  comment: WrittenComment,
  input: { version: number; body: string; mentioned?: Mentioned },
): Decision {
  const { id, visibility, version } = comment;
  const isNote = visibility === "internal";
  demand(situation.actor, isNote ? "ticket.note" : "ticket.reply");
  if (!isAuthor(situation, comment)) demand(situation.actor, "ticket.edit_comments");
  expectVersion(comment, input.version);
  expectNotClosed(situation);
  if (input.body === comment.body) return decide(situation, []);
  const { mentionIds, follow } = mentioning(situation, visibility, input.mentioned);
  const named = (each: number) => ({ id, label: `Version ${each}` });
  const change = { comment: { from: named(version), to: named(version + 1) } };
  return decide(situation, [
    { kind: isNote ? "note_edited" : "reply_edited", change, commentId: id, mentionIds },
    ...follow,
  ]);
}

export const isAuthor = ({ actor }: Situation, { authorId }: Pick<WrittenComment, "authorId">): boolean =>
  authorId !== null && actorUserId(actor) === authorId;
