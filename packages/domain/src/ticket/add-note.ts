import { type Decision, decide } from "./decision.ts";
import { type Situation, expectNotClosed } from "./situation.ts";

/** An internal note: no clock, no status and no customer hears of it. @throws RefusalError `ticket.closed`. */
export function addNote(situation: Situation, input: { commentId: string; body: string }): Decision {
  expectNotClosed(situation);
  return decide(situation, [{ kind: "note_added", commentId: input.commentId }], {
    id: input.commentId,
    visibility: "internal",
    body: input.body,
  });
}
