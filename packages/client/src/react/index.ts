export { type HelpdeskProviderProps, HelpdeskProvider, useHelpdesk, useHelpdeskClient } from "./provider.ts";
export type { HelpdeskKey, HelpdeskOptions } from "./options.ts";
export { type HelpdeskSession, type Me, useSession } from "./session.ts";
export {
  type LiveNotifications,
  type LiveTicket,
  type Present,
  useLiveNotifications,
  useLiveTicket,
  useLiveView,
  usePresence,
} from "./live.ts";
export type { LiveState } from "./use-stream.ts";
export { type TicketConflict, type TicketMutation, useTicketMutation } from "./use-ticket-mutation.ts";
export type { Act, Person, Wanted } from "./acts.ts";
export type { Ticket, TicketHeader, TicketSummary, TimelineEntry } from "./ticket-cache.ts";
export { type AttachmentUpload, useAttachmentUpload } from "./use-upload.ts";
// What a page needs of the client, so that it has one import.
export { type HelpdeskClient, createHelpdeskClient } from "../client.ts";
export type { ClientOptions } from "../options.ts";
export { type Failure, failureOf, isUnreachable } from "../failure.ts";
export { isRefusal, refusalIn } from "../refusal.ts";
export { type TokenStore, type Tokens, memoryTokenStore, webTokenStore } from "../tokens.ts";
