export { type ClientOptions, type HelpdeskApi, type HelpdeskClient, createHelpdeskClient } from "./client.ts";
export { type RefusalIn, isRefusal, refusalIn } from "./refusal.ts";
export { type Tokens, type TokenStore, memoryTokenStore } from "./tokens.ts";
export type { SignInInput } from "./session.ts";
export type { RouterInputs, RouterOutputs } from "./types.ts";
export {
  type FileContent,
  type UploadedAttachment,
  UploadError,
  type UploadOptions,
  type UploadRefusal,
} from "./upload.ts";
export { safe } from "@trpc/client";
export type { Refusal, RefusalCode } from "@helpdesk/domain";
