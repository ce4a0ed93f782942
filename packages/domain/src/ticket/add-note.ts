import { refuse } from "../refusal.ts";
import { seesNotes } from "./access.ts";
import { type Decision, decide } from "./decision.ts";
import { mentioning } from "./mentioning.ts";
import type { Writing } from "./reply.ts";
import { type Situation, expectNotClosed } from "./situation.ts";

/** An internal note: no clock, no status and no customer hears of it. @throws RefusalError `ticket.closed`, `mention.not_eligible`, `permission.denied` for who may not read it. */
export function addNote(situation: Situation, input: Writing): Decision {
  const { actor, ticket } = situation;
  expectNotClosed(situation);
  if (!seesNotes(actor, ticket)) refuse({ code: "permission.denied", permission: "ticket.note" });
  const { commentId } = input;
  const { mentionIds, follow } = mentioning(situation, "internal", input.mentioned);
  return decide(situation, [{ kind: "note_added", commentId, mentionIds }, ...follow], {
    id: commentId,
    visibility: "internal",
    body: input.body,
  });
}
