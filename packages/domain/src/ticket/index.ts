export * from "./access.ts";
export { addNote } from "./add-note.ts";
export { type Candidate, assign, canHaveTickets, isEligible, release, take } from "./assign.ts";
export type { Decision } from "./decision.ts";
export * from "./desk.ts";
export { type Edit, edit } from "./edit.ts";
export { setFollowers } from "./follow.ts";
export * from "./link.ts";
export { setTags } from "./set-tags.ts";
export { type Bundle, applyBundle } from "./bundle.ts";
export { closeResolved } from "./close-resolved.ts";
export {
  type ClockDifference,
  compareClocks,
  type FoldedClocks,
  type FoldedTicket,
  foldClocks,
  type PastEvent,
} from "./fold-clocks.ts";
export { type TicketOpening, openTicket } from "./open.ts";
export { recountClocks } from "./recount-clocks.ts";
export { reopen } from "./reopen.ts";
export { reply } from "./reply.ts";
export { route } from "./route.ts";
export { setPriority } from "./set-priority.ts";
export { setStatus } from "./set-status.ts";
export { type PastTicket, simulate, type SimulatedBreach } from "./simulate.ts";
export type { Situation } from "./situation.ts";
export * from "./status.ts";
export { type GraphProblem, type StatusDraft, expectSoundGraph } from "./status-draft.ts";
export * from "./ticket.ts";
export { watchClocks } from "./watch-clocks.ts";
