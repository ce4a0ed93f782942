import { request } from "node:https";
import { type LookupFunction, isIP, isIPv6 } from "node:net";
import type { DeliveryProblem } from "@helpdesk/domain";
import type { Destination } from "./destination.ts";

/** What came of one attempt. */
export interface Posted {
  responseStatus: number | null;
  /** Null where it was delivered. */
  problem: DeliveryProblem | null;
  /** The first characters of the answer. */
  answer: string | null;
  retryAfter: string | undefined;
}

export interface Posting {
  headers: Record<string, string>;
  body: string;
  /** Ends the attempt. */
  signal: AbortSignal;
  /** Certificates that are trusted beside those of the process, PEM. */
  ca?: string | undefined;
}

const READ_BYTES = 65_536;
const KEPT_BYTES = 1_024;

/** Posts to one of the addresses that were looked at, whatever the name stands for by now; follows no redirect. Never rejects. */
export function post(destination: Destination, { headers, body, signal, ca }: Posting): Promise<Posted> {
  const { url, host } = destination;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let status: number | undefined;
    const fail = (error: Error) =>
      resolve({
        responseStatus: status ?? null,
        problem: signal.aborted ? "timeout" : problemOf(error),
        answer: chunks.length > 0 ? textOf(chunks) : null,
        retryAfter: undefined,
      });
    const outgoing = request(
      {
        host,
        port: url.port || 443,
        path: url.pathname + url.search,
        method: "POST",
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        // An address has no name to ask for.
        ...(isIP(host) === 0 && { servername: host }),
        lookup: pinned(destination.addresses),
        agent: false,
        signal,
        ...(ca !== undefined && { ca }),
      },
      (response) => {
        status = response.statusCode!;
        const done = () =>
          resolve({
            responseStatus: status!,
            problem: problemOfStatus(status!),
            answer: textOf(chunks),
            retryAfter: response.headers["retry-after"],
          });
        response.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          if ((size += chunk.length) < READ_BYTES) return;
          done();
          outgoing.destroy();
        });
        response.on("end", done);
        response.on("error", fail);
      },
    );
    outgoing.on("error", fail);
    // Of an answer that is none (101) nothing else is told; one that has begun may be closed before its end is read.
    outgoing.on("close", () => status === undefined && fail(new Error("closed")));
    outgoing.end(body);
  });
}

/** Answers what was found before, so that nobody is asked a second time. */
const pinned =
  (addresses: readonly string[]): LookupFunction =>
  (_, { all }, answer) => {
    const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    if (all) answer(null, found);
    else answer(null, found[0]!.address, found[0]!.family);
  };

function problemOfStatus(status: number): DeliveryProblem | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? "redirect" : "status";
}

const untrusted = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH|EPROTO)/;
const unreachable = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL|EACCES|EINVAL)$/;

function problemOf(
  error: Error & { code?: string; errors?: (Error & { code?: string })[] },
): DeliveryProblem {
  // Of several addresses that were tried.
  const code = error.errors?.[0]?.code ?? error.code ?? "";
  if (untrusted.test(code)) return "untrusted";
  return unreachable.test(code) ? "unreachable" : "closed";
}

/** As it can be stored: cut, without what is no text. */
const textOf = (chunks: readonly Buffer[]): string =>
  Buffer.concat(chunks)
    .subarray(0, KEPT_BYTES)
    .toString("utf8")
    .replaceAll("\0", "")
    .slice(0, KEPT_BYTES)
    .toWellFormed();
