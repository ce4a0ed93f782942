import { expectVersion } from "../refusal.ts";
import { type Decision, decide } from "./decision.ts";
import { type Situation, expectNotClosed } from "./situation.ts";
import { type Labelled, together } from "./ticket.ts";

/** What keeps a tag from being deleted: a ticket has it, or something names it. */
export type TagUser = "ticket" | "view" | "template" | "macro" | "sla_policy" | "retention_rule";

/**
 * Puts exactly these tags on the ticket; `tags` has those it has now too, for their names.
 * @throws RefusalError `ticket.closed`, `version.conflict`.
 */
export function setTags(
  situation: Situation,
  input: { tagIds: readonly string[]; tags: readonly Labelled[]; version: number },
): Decision {
  const { ticket } = situation;
  expectVersion(ticket, input.version);
  expectNotClosed(situation);
  const tagIds = [...new Set(input.tagIds)].toSorted();
  const isSame = tagIds.join() === ticket.tagIds.toSorted().join();
  if (isSame) return decide(situation, []);
  const named = (ids: readonly string[]) => together(input.tags.filter(({ id }) => ids.includes(id)));
  const change = { tags: { from: named(ticket.tagIds), to: named(tagIds) } };
  return decide(situation, [{ kind: "tags_changed", patch: { tagIds }, change }]);
}
