import type { Attachment } from "../attachment/attachment.ts";
import { actorUserId, demand } from "../identity/actor.ts";
import { type Decision, decide } from "./decision.ts";
import { type Situation, expectNotMerged } from "./situation.ts";

/** Takes a file off the ticket, whatever its status: its uploader may, or who edits tickets. @throws RefusalError `ticket.merged`, `permission.denied`. */
export function removeAttachment(
  situation: Situation,
  { id, name, uploadedById }: Pick<Attachment, "id" | "name" | "uploadedById">,
): Decision {
  const { actor } = situation;
  expectNotMerged(situation);
  if (actorUserId(actor) !== uploadedById) demand(actor, "ticket.edit");
  const change = { attachment: { from: { id, label: name }, to: null } };
  return decide(situation, [{ kind: "attachment_removed", change }]);
}
