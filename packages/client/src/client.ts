import type { AppRouter } from "@helpdesk/server";
import {
  type HTTPBatchLinkOptions,
  type TRPCClient,
  createTRPCClient,
  httpBatchLink,
  httpBatchStreamLink,
  splitLink,
} from "@trpc/client";
import { isRefusal } from "./refusal.ts";
import { Session, type SignInInput } from "./session.ts";
import { signedInLink, tokenOf } from "./signed-in-link.ts";
import { type TokenStore, memoryTokenStore } from "./tokens.ts";
import type { RouterOutputs } from "./types.ts";
import { type FileContent, type UploadOptions, type UploadedAttachment, uploadAttachment } from "./upload.ts";

/** The server takes no larger batch. */
const MAX_BATCH = 20;

/** What answers in pieces, as an async iterable. */
const streaming: readonly string[] = ["sessions.sayStreaming"];

export type HelpdeskApi = TRPCClient<AppRouter>;

export interface ClientOptions {
  /** Where the server is, without a path: `http://127.0.0.1:4000`. */
  url: string;
  tokens?: TokenStore;
  fetch?: typeof fetch;
  /** Called when the session has ended: signed out, revoked or expired. */
  onSignedOut?: () => void;
}

export interface HelpdeskClient {
  /** Every procedure, typed: `api.tickets.open.mutate({ … })`. */
  api: HelpdeskApi;
  /** Keeps the tokens and refreshes them from then on. @throws a refusal `auth.invalid_credentials` or `auth.throttled`. */
  signIn(input: SignInInput): Promise<RouterOutputs["auth"]["signIn"]["user"]>;
  /** Sends a file for a ticket's text. @throws UploadError, whose refusal says why. */
  uploadAttachment(content: FileContent, options?: UploadOptions): Promise<UploadedAttachment>;
  /** Where a browser can open a file, for a minute. @throws as `attachments.url`. */
  attachmentUrl(attachmentId: string): Promise<string>;
  /** Ends the session on the server, where it has not ended already, and forgets its tokens. */
  signOut(): Promise<void>;
}

export function createHelpdeskClient({ url, tokens, fetch, onSignedOut }: ClientOptions): HelpdeskClient {
  const base = url.replace(/\/+$/, "");
  const endpoint = `${base}/trpc`;
  const session = new Session({ url: endpoint, store: tokens ?? memoryTokenStore(), fetch, onSignedOut });
  const options: HTTPBatchLinkOptions<AppRouter["_def"]["_config"]["$types"]> = {
    url: endpoint,
    fetch,
    maxItems: MAX_BATCH,
    headers: ({ opList }) => {
      const accessToken = tokenOf(opList[0].context);
      return accessToken === null ? {} : { authorization: `Bearer ${accessToken}` };
    },
  };
  const api = createTRPCClient<AppRouter>({
    links: [
      signedInLink(session),
      // A stream has sent its status before it knows how it ends, so only what comes in pieces is one.
      splitLink({
        condition: ({ path }) => streaming.includes(path),
        true: httpBatchStreamLink(options),
        false: httpBatchLink(options),
      }),
    ],
  });
  return {
    api,
    signIn: async (input) => (await session.signIn(input)).user,
    uploadAttachment: (content, options) =>
      uploadAttachment({ url: base, session, fetch: fetch ?? globalThis.fetch }, content, options),
    attachmentUrl: async (attachmentId) =>
      `${base}${(await api.attachments.url.query({ attachmentId })).path}`,
    signOut: async () => {
      try {
        await api.auth.signOut.mutate();
      } catch (error) {
        if (!isRefusal(error, "auth.required")) throw error;
      }
      await session.forget();
    },
  };
}
