import { type TRPCClient, createTRPCClient, splitLink } from "@trpc/client";
import type { AppRouter } from "./contract.ts";
import { deadlineLink } from "./deadline-link.ts";
import type { ClientOptions } from "./options.ts";
import { reachableFetch } from "./reachable-fetch.ts";
import { isRefusal } from "./refusal.ts";
import { resumeLink } from "./resume-link.ts";
import { retryLink } from "./retry-link.ts";
import { serviceAccess } from "./service-access.ts";
import { Session, type SignInInput } from "./session.ts";
import { signedInLink } from "./signed-in-link.ts";
import { streams } from "./streams.ts";
import { memoryTokenStore } from "./tokens.ts";
import { transport } from "./transport.ts";
import type { RouterOutputs } from "./types.ts";
import type { FileContent } from "./upload-form.ts";
import { type UploadOptions, type UploadedAttachment, uploadAttachment } from "./upload.ts";

const RETRIES = 3;
const TIMEOUT_MS = 30_000;

/** Every procedure, typed. */
export type HelpdeskApi = TRPCClient<AppRouter>;

export interface HelpdeskClient {
  /** Every procedure, typed: `api.tickets.open.mutate({ … })`, with `callOptions({ … })` as a second argument. */
  api: HelpdeskApi;
  /** Keeps the tokens and refreshes them from then on. @throws a refusal `auth.invalid_credentials` or `auth.throttled`. */
  signIn(input: SignInInput): Promise<RouterOutputs["auth"]["signIn"]["user"]>;
  /** Sends a file for a ticket's text. @throws UploadError, whose refusal says why. */
  uploadAttachment(content: FileContent, options?: UploadOptions): Promise<UploadedAttachment>;
  /** Where a browser can open a file, for a minute. @throws as `attachments.url`. */
  attachmentUrl(attachmentId: string): Promise<string>;
  /** Ends the session on the server, where it has not ended already, and forgets its tokens, even where the server is not reached. */
  signOut(): Promise<void>;
}

export function createHelpdeskClient(options: ClientOptions): HelpdeskClient {
  const base = options.url.replace(/\/+$/, "");
  const url = `${base}/trpc`;
  const { credentials, onSignedOut, tokens: store = memoryTokenStore() } = options;
  const fetch = reachableFetch((input, init) => (options.fetch ?? globalThis.fetch)(input, init));
  const retries = options.retries ?? RETRIES;
  const trying = [deadlineLink(options.timeoutMs ?? TIMEOUT_MS), retryLink(retries)];
  const calling = transport(url, fetch);
  const unsigned = [...trying, calling];
  const session = new Session({ links: unsigned, store, onSignedOut });
  const access = credentials === undefined ? session : serviceAccess(unsigned, credentials);
  const signed = [...trying, signedInLink(access), calling];
  const isOwnFetch = options.fetch !== undefined;
  const sending = { url: base, access, fetch, isOwnFetch, retries };

  const api = createTRPCClient<AppRouter>({
    links: [
      ...trying,
      resumeLink,
      signedInLink(access),
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: streams({ url, fetch, links: signed, EventSource: options.EventSource }),
        false: calling,
      }),
    ],
  });
  return {
    api,
    signIn: async (input) => {
      if (access !== session) throw new TypeError("This client acts by an API key: nobody signs in.");
      return (await session.signIn(input)).user;
    },
    uploadAttachment: (content, upload) => uploadAttachment(sending, content, upload),
    attachmentUrl: async (attachmentId) =>
      `${base}${(await api.attachments.url.query({ attachmentId })).path}`,
    signOut: async () => {
      if (access !== session) return;
      try {
        await api.auth.signOut.mutate();
      } catch (error) {
        if (!isRefusal(error, "auth.required")) throw error;
      } finally {
        await session.forget();
      }
    },
  };
}
