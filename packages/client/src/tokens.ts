/** A sign-in as the client keeps it. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** When the access token ends, ISO 8601. */
  expiresAt: string;
}

/** Where tokens are kept: memory by default; a browser or an app brings its own. */
export interface TokenStore {
  get(): Tokens | null | Promise<Tokens | null>;
  set(tokens: Tokens | null): void | Promise<void>;
}

export function memoryTokenStore(initial: Tokens | null = null): TokenStore {
  let kept = initial;
  return {
    get: () => kept,
    set: (tokens) => {
      kept = tokens;
    },
  };
}
