/** Said of each stream, so that proxies keep the line and readers notice a dead one. */
const PING_MS = 5_000;

/** Server-sent events as tRPC sends them. */
export const streaming = {
  ping: { enabled: true, intervalMs: PING_MS },
  client: { reconnectAfterInactivityMs: 3 * PING_MS },
};
