/** A sign-in as the client keeps it. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** When the access token ends, ISO 8601. */
  expiresAt: string;
  /** The idempotency key of the next refresh. A refresh whose answer was lost works again with it, and with no other. */
  refreshKey?: string;
}

/** Where tokens are kept, with all their fields: memory by default; a browser or an app brings its own. */
export interface TokenStore {
  get(): Tokens | null | Promise<Tokens | null>;
  set(tokens: Tokens | null): void | Promise<void>;
  /**
   * Runs `work` while nobody else who shares the store does: a refresh token can be used once, so tabs that share one
   * take turns. Left out where the store has one user.
   */
  lock?<T>(work: () => Promise<T>): Promise<T>;
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

/** What a browser has for keeping texts: `localStorage`, `sessionStorage`. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

interface WebLocks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Keeps tokens in a browser's storage, for all of its tabs: they survive a reload, and one tab at a time refreshes them.
 * Scripts of the page can read them there; a page that takes scripts of others keeps them in memory instead.
 */
export function webTokenStore(
  storage: WebStorage,
  {
    key = "helpdesk.tokens",
    locks = (globalThis as { navigator?: { locks?: WebLocks } }).navigator?.locks,
  }: { key?: string; locks?: WebLocks } = {},
): TokenStore {
  return {
    get: () => tokensIn(storage.getItem(key)),
    set: (tokens) =>
      tokens === null ? storage.removeItem(key) : storage.setItem(key, JSON.stringify(tokens)),
    ...(locks && { lock: (work) => locks.request(key, work) }),
  };
}

/** Null for an entry that somebody else wrote or broke. */
function tokensIn(entry: string | null): Tokens | null {
  try {
    const tokens = JSON.parse(entry ?? "null") as Partial<Tokens> | null;
    const { accessToken, refreshToken, expiresAt } = tokens ?? {};
    return [accessToken, refreshToken, expiresAt].every((text) => typeof text === "string")
      ? (tokens as Tokens)
      : null;
  } catch {
    return null;
  }
}
