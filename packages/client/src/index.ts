export { type HelpdeskApi, type HelpdeskClient, createHelpdeskClient } from "./client.ts";
export {
  type CallOptions,
  type ClientOptions,
  type EventSourceClass,
  type ServiceCredentials,
  callOptions,
} from "./options.ts";
export { type Failure, UnreachableError, failureOf, isUnreachable } from "./failure.ts";
export { type RefusalIn, isRefusal, refusalIn } from "./refusal.ts";
export { type Tokens, type TokenStore, type WebStorage, memoryTokenStore, webTokenStore } from "./tokens.ts";
export type { SignInInput } from "./session.ts";
export type {
  InputOf,
  MessageOf,
  OutputOf,
  ProcedurePath,
  RefusalsOf,
  RouterInputs,
  RouterOutputs,
} from "./types.ts";
export type { FileContent } from "./upload-form.ts";
export type { UploadProgress } from "./upload-request.ts";
export { type UploadedAttachment, UploadError, type UploadOptions, type UploadRefusal } from "./upload.ts";
export { safe } from "@trpc/client";
export type { Refusal, RefusalCode } from "./contract.ts";
