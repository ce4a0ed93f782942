import { refuse } from "../refusal.ts";
import { seesNotes } from "./access.ts";
import { type Decision, decide } from "./decision.ts";
import { type Situation, expectNotClosed } from "./situation.ts";

/** An internal note: no clock, no status and no customer hears of it. @throws RefusalError `ticket.closed`, `permission.denied` for who may not read it. */
export function addNote(situation: Situation, input: { commentId: string; body: string }): Decision {
  const { actor, ticket } = situation;
  expectNotClosed(situation);
  if (!seesNotes(actor, ticket)) refuse({ code: "permission.denied", permission: "ticket.note" });
  return decide(situation, [{ kind: "note_added", commentId: input.commentId }], {
    id: input.commentId,
    visibility: "internal",
    body: input.body,
  });
}
