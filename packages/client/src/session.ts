import type { AppRouter } from "@helpdesk/server";
import { type TRPCClient, createTRPCClient, httpLink } from "@trpc/client";
import { isRefusal } from "./refusal.ts";
import type { TokenStore, Tokens } from "./tokens.ts";
import type { RouterInputs, RouterOutputs } from "./types.ts";

export type SignInInput = RouterInputs["auth"]["signIn"];

/** An access token this close to its end is refreshed before it is used. */
const REFRESH_AHEAD_MS = 15_000;

export interface SessionOptions {
  url: string;
  store: TokenStore;
  fetch?: typeof fetch;
  onSignedOut?: () => void;
}

/** Signs in, keeps the tokens fresh with one refresh at a time, and forgets them when the server does. */
export class Session {
  readonly #api: TRPCClient<AppRouter>;
  readonly #store: TokenStore;
  readonly #onSignedOut: () => void;
  #refreshing: Promise<string | null> | null = null;

  constructor({ url, store, fetch, onSignedOut = () => {} }: SessionOptions) {
    this.#store = store;
    this.#onSignedOut = onSignedOut;
    this.#api = createTRPCClient<AppRouter>({ links: [httpLink({ url, fetch })] });
  }

  async signIn(input: SignInInput): Promise<RouterOutputs["auth"]["signIn"]> {
    const signedIn = await this.#api.auth.signIn.mutate(input);
    await this.#keep(signedIn);
    return signedIn;
  }

  async forget(): Promise<void> {
    if ((await this.#store.get()) === null) return;
    await this.#store.set(null);
    this.#onSignedOut();
  }

  /** The access token to send, fresh; null when nobody is signed in. */
  async accessToken(): Promise<string | null> {
    const tokens = await this.#store.get();
    if (tokens === null) return null;
    const isFresh = Date.parse(tokens.expiresAt) - Date.now() > REFRESH_AHEAD_MS;
    return isFresh ? tokens.accessToken : this.refresh(tokens.accessToken);
  }

  /** A new access token in place of `stale`; null, and signed out, where the server gives none. */
  async refresh(stale: string): Promise<string | null> {
    const tokens = await this.#store.get();
    if (tokens === null) return null;
    if (tokens.accessToken !== stale) return tokens.accessToken;
    this.#refreshing ??= this.#exchange(tokens).finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #exchange({ refreshToken }: Tokens): Promise<string | null> {
    try {
      const next = await this.#api.auth.refresh.mutate({ refreshToken });
      await this.#keep(next);
      return next.accessToken;
    } catch (error) {
      if (!isRefusal(error, "auth.refresh_invalid")) throw error;
      await this.forget();
      return null;
    }
  }

  async #keep({ accessToken, refreshToken, expiresAt }: Tokens): Promise<void> {
    await this.#store.set({ accessToken, refreshToken, expiresAt });
  }
}
