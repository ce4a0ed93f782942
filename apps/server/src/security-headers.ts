import type { IncomingMessage, ServerResponse } from "node:http";
import helmet from "helmet";

/** The headers that every answer carries unless its route says otherwise. They are the same for all, so they are made once. */
export function securityHeaders(): Record<string, string> {
  // Answers are of somebody, and some are secrets.
  const headers: Record<string, string> = { "cache-control": "no-store" };
  const response = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => {},
  } as unknown as ServerResponse;
  const fail = (error?: Error) => {
    if (error) throw error;
  };
  const secure = helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });
  secure({} as IncomingMessage, response, fail as () => void);
  return headers;
}
