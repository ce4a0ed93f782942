import { setTimeout as wait } from "node:timers/promises";
import { demoAccounts } from "@helpdesk/db";
import { eventsOf } from "./stream.ts";

/** One call as it goes over the wire, for tests of the wire itself: no client, no types. */
export interface Call {
  path: string;
  type: string;
  input?: unknown;
  accessToken?: string | null;
  /** The address it seems to come from, for a server that trusts 127.0.0.1 as its proxy. */
  from?: string;
  idempotencyKey?: string;
}

export interface Answer {
  status: number;
  text: string;
  /** `ok`, a refusal's code, or `HTTP 500` where the answer is neither. */
  outcome: string;
  data: unknown;
}

/** Sends a query or a mutation, or opens a subscription for its first message, by plain HTTP. */
export async function call(url: string, called: Call): Promise<Answer> {
  const { path, type, input } = called;
  if (type === "subscription") return callSubscription(url, called);
  if (streaming.includes(path)) return callStreaming(url, called);
  const isQuery = type === "query";
  const query = isQuery && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const response = await fetch(`${url}/trpc/${path}${query}`, {
    method: isQuery ? "GET" : "POST",
    headers: {
      ...(isQuery ? {} : { "content-type": "application/json" }),
      ...callerHeaders(called),
    },
    body: isQuery ? undefined : JSON.stringify(input ?? {}),
  });
  const text = await response.text();
  const { status } = response;
  const { result, error } = text.startsWith("{") ? (JSON.parse(text) as Body) : {};
  const outcome = result ? "ok" : (error?.data?.refusal?.code ?? `HTTP ${status}`);
  return { status, text, outcome, data: result?.data };
}

const callerHeaders = ({ accessToken, from, idempotencyKey }: Call): Record<string, string> => ({
  ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
  ...(from ? { "x-forwarded-for": from } : {}),
  ...(idempotencyKey ? { "idempotency-key": idempotencyKey } : {}),
});

/** Opens a stream, takes its first message or the error that it ends with, and goes. */
async function callSubscription(url: string, called: Call): Promise<Answer> {
  const { path, input } = called;
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const response = await fetch(`${url}/trpc/${path}${query}`, {
    headers: { accept: "text/event-stream", ...callerHeaders(called) },
  });
  const { status } = response;
  if (!response.ok || !response.body)
    return { status, text: await response.text(), outcome: `HTTP ${status}`, data: undefined };
  for await (const { event, data } of eventsOf(response.body)) {
    const text = JSON.stringify(data);
    if (event === "message") return { status, text, outcome: "ok", data };
    if (event !== "serialized-error") continue;
    const { httpStatus, refusal } = (
      data as { data: { httpStatus: number; refusal: { code: string } | null } }
    ).data;
    return { status: httpStatus, text, outcome: refusal?.code ?? `HTTP ${httpStatus}`, data: undefined };
  }
  return { status, text: "", outcome: "nothing said", data: undefined };
}

/** What answers in pieces: such a call is a batch of one. */
const streaming: readonly string[] = ["sessions.sayStreaming"];

async function callStreaming(url: string, called: Call): Promise<Answer> {
  const { path, input } = called;
  const response = await fetch(`${url}/trpc/${path}?batch=1`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "trpc-accept": "application/jsonl",
      ...callerHeaders(called),
    },
    body: JSON.stringify({ 0: input ?? {} }),
  });
  const text = await response.text();
  const { status } = response;
  // A stream has sent its status before it fails.
  const isDefect = text.includes('"INTERNAL_SERVER_ERROR"');
  const refused = /"refusal":\{"code":"([a-z_.]+)"/.exec(text)?.[1];
  const outcome = isDefect ? "HTTP 500" : (refused ?? (text.includes('"result"') ? "ok" : `HTTP ${status}`));
  return { status: isDefect ? 500 : status, text, outcome, data: undefined };
}

interface Body {
  result?: { data?: unknown };
  error?: { data?: { refusal?: { code: string } | null } };
}

/** A new sign-in of a demo account, by the part of its e-mail address before the `@`. */
export async function accessTokenOf(url: string, name: string): Promise<string> {
  const account = demoAccounts.find(({ email }) => email.startsWith(`${name}@`));
  if (!account) throw new Error(`No demo account ${name}.`);
  const { organization, email, password } = account;
  const signIn = () =>
    call(url, { path: "auth.signIn", type: "mutation", input: { organization, email, password } });
  let answer = await signIn();
  // A server that has just started on a busy machine says that it is overloaded, until it has caught up.
  for (let again = 0; again < 20 && answer.outcome === "service.unavailable"; again++) {
    await wait(250);
    answer = await signIn();
  }
  const { data, text } = answer;
  const { accessToken } = (data ?? {}) as { accessToken?: string };
  if (!accessToken) throw new Error(`${name} could not sign in: ${text}`);
  return accessToken;
}

/** Works through a list, so many at once; the results stand in the order of the list. */
export async function inParallel<T, R>(
  atOnce: number,
  list: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const entries = list.entries();
  const worker = async () => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
