import type { IncomingHttpHeaders } from "node:http";

/** The host that a request names, by HTTP/1 or HTTP/2. */
export const hostOf = (headers: IncomingHttpHeaders): string | undefined =>
  headers.host ?? headers[":authority"]?.toString();

let known: string | undefined;

/** Whether a request's host makes a URL of an ordinary server. The last one that did is remembered. */
export function isOrdinaryHost(host: string | undefined): boolean {
  if (host === undefined || host === known) return true;
  if (!URL.canParse(`http://${host}`)) return false;
  // Whatever follows the name would be read as credentials or as a path.
  if (/[@/\\?#\s]/.test(host)) return false;
  known = host;
  return true;
}
