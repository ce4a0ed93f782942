import { type TRPCClient, createTRPCClient } from "@trpc/client";
import type { AppRouter } from "./contract.ts";
import { newKey } from "./key.ts";
import { callOptions } from "./options.ts";
import { isRefusal } from "./refusal.ts";
import type { Access } from "./signed-in-link.ts";
import type { TokenStore, Tokens } from "./tokens.ts";
import type { Link, RouterInputs, RouterOutputs } from "./types.ts";

export type SignInInput = RouterInputs["auth"]["signIn"];

/** An access token this close to its end is refreshed before it is used. */
const REFRESH_AHEAD_MS = 15_000;

export const isEnding = (expiresAt: string): boolean => Date.parse(expiresAt) - Date.now() < REFRESH_AHEAD_MS;

export interface SessionOptions {
  /** For calls without an access token. */
  links: Link[];
  store: TokenStore;
  onSignedOut?: (() => void) | undefined;
}

/** Signs in, keeps the tokens fresh with one refresh at a time, and forgets them when the server does. */
export class Session implements Access {
  readonly #api: TRPCClient<AppRouter>;
  readonly #store: TokenStore;
  readonly #onSignedOut: () => void;
  #refreshing: Promise<string | null> | null = null;
  /** By this device's clock a new token is over already: only the server's answers say when one is. */
  #isClockAhead = false;

  constructor({ links, store, onSignedOut = () => {} }: SessionOptions) {
    this.#store = store;
    this.#onSignedOut = onSignedOut;
    this.#api = createTRPCClient<AppRouter>({ links });
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

  async accessToken(): Promise<string | null> {
    const tokens = await this.#store.get();
    if (tokens === null) return null;
    return this.#isClockAhead || !isEnding(tokens.expiresAt)
      ? tokens.accessToken
      : this.refresh(tokens.accessToken);
  }

  /** A new access token in place of `stale`; null, and signed out, where the server gives none. */
  async refresh(stale: string): Promise<string | null> {
    this.#refreshing ??= this.#inTurn(() => this.#exchange(stale)).finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#store.lock ? this.#store.lock(work) : work();
  }

  async #exchange(stale: string): Promise<string | null> {
    const tokens = await this.#store.get();
    // Somebody else's turn came first: another call's, or another tab's.
    if (tokens === null || tokens.accessToken !== stale) return tokens?.accessToken ?? null;
    try {
      const { refreshToken, refreshKey } = tokens;
      const next = await this.#api.auth.refresh.mutate(
        { refreshToken },
        callOptions({ idempotencyKey: refreshKey }),
      );
      await this.#keep(next);
      return next.accessToken;
    } catch (error) {
      if (!isRefusal(error, "auth.refresh_invalid")) throw error;
      await this.forget();
      return null;
    }
  }

  async #keep({ accessToken, refreshToken, expiresAt }: Tokens): Promise<void> {
    this.#isClockAhead = isEnding(expiresAt);
    await this.#store.set({ accessToken, refreshToken, expiresAt, refreshKey: newKey() });
  }
}
