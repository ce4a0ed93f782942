import { expectVersion } from "../refusal.ts";
import { type Decision, type Happening, decide } from "./decision.ts";
import { type Situation, expectNotClosed } from "./situation.ts";
import { worded } from "./ticket.ts";

export interface Edit {
  version: number;
  title?: string;
  /** A ticket's row goes without its description, so the edit brings both. */
  description?: { from: string; to: string };
}

/** Changes the texts of a ticket; what is left out or the same stays. @throws RefusalError `ticket.closed`, `version.conflict`. */
export function edit(situation: Situation, { version, title, description }: Edit): Decision {
  const { ticket } = situation;
  expectVersion(ticket, version);
  expectNotClosed(situation);
  const happenings: Happening[] = [];
  if (title !== undefined && title !== ticket.title) {
    const change = { title: { from: worded(ticket.title), to: worded(title) } };
    happenings.push({ kind: "title_changed", patch: { title }, change });
  }
  if (description && description.from !== description.to) {
    const change = { description: { from: worded(description.from), to: worded(description.to) } };
    happenings.push({ kind: "description_changed", change });
  }
  return decide(situation, happenings);
}
