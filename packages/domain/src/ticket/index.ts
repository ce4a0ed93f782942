export * from "./access.ts";
export { type Cell, type CellChange, type Countable, cellChanges, cellsOf } from "./cell.ts";
export { addNote } from "./add-note.ts";
export {
  type Candidate,
  assign,
  canHaveTickets,
  canWork,
  isEligible,
  letGo,
  release,
  take,
} from "./assign.ts";
export type { Decision } from "./decision.ts";
export * from "./desk.ts";
export { type Edit, edit } from "./edit.ts";
export { type WrittenComment, editComment, expectReadable, isAuthor } from "./edit-comment.ts";
export type { Mentioned } from "./mentioning.ts";
export { type Mention, mentionAt, mentionedIn } from "./mention.ts";
export { type Quoting, splitQuoted } from "./quoted.ts";
export { setCc } from "./set-cc.ts";
export { setFollowers } from "./follow.ts";
export * from "./link.ts";
export { type TagUser, setTags } from "./set-tags.ts";
export { type Bundle, applyBundle } from "./bundle.ts";
export { closeResolved } from "./close-resolved.ts";
export { type People, peopleOfEscalations } from "./escalate.ts";
export {
  type ClockDifference,
  compareClocks,
  type FoldedClocks,
  type FoldedTicket,
  foldClocks,
  type PastEvent,
  type Recount,
} from "./fold-clocks.ts";
export { type RulesChange, readyCalendar, rulesBy } from "./rules-log.ts";
export {
  draftProblem,
  type FieldDraft,
  type FieldDraftProblem,
  type FieldHand,
  type FieldOption,
  type FieldPatch,
  type FieldProblem,
  type FieldProblemReason,
  type FieldValue,
  type FieldValues,
  fieldLabel,
  fieldTextLimits,
  fieldValueOf,
  patchFields,
  type TicketField,
  withArchived,
} from "./fields.ts";
export { handOf, maySetField, setFields } from "./set-fields.ts";
export { filledIn, type TemplateDefaults, type UsableTemplate, usableTemplate } from "./template.ts";
export { isResolution, receiveRating } from "./rating.ts";
export { type OpenedWith, openWith } from "./open-with.ts";
export { type TeamMember, afterTurn, chooseAssignee, giveOut, isFree } from "./give-out.ts";
export { type MergeDecision, type NumberedSituation, merge, unmerge } from "./merge.ts";
export { type TicketOpening, openTicket } from "./open.ts";
export { PRESENCE_SECONDS } from "./presence.ts";
export { recountClocks } from "./recount-clocks.ts";
export { removeAttachment } from "./remove-attachment.ts";
export { reopen } from "./reopen.ts";
export { reply } from "./reply.ts";
export { route } from "./route.ts";
export { setPriority } from "./set-priority.ts";
export { setStatus } from "./set-status.ts";
export { type PastTicket, simulate, type SimulatedBreach } from "./simulate.ts";
export type { Situation } from "./situation.ts";
export { type MovedComment, split, splitOff } from "./split.ts";
export * from "./status.ts";
export { type GraphProblem, type StatusDraft, expectSoundGraph } from "./status-draft.ts";
export * from "./ticket.ts";
export { UnknownRuleError } from "./unknown-rule.ts";
export { watchClocks } from "./watch-clocks.ts";
