import { demoAccounts } from "@helpdesk/db";

/** One call as it goes over the wire, for tests of the wire itself: no client, no types. */
export interface Call {
  path: string;
  type: string;
  input?: unknown;
  accessToken?: string | null;
  /** The address it seems to come from, for a server that trusts 127.0.0.1 as its proxy. */
  from?: string;
}

export interface Answer {
  status: number;
  text: string;
  /** `ok`, a refusal's code, or `HTTP 500` where the answer is neither. */
  outcome: string;
  data: unknown;
}

/** Sends a query or a mutation by plain HTTP. */
export async function call(url: string, { path, type, input, accessToken, from }: Call): Promise<Answer> {
  if (streaming.includes(path)) return callStreaming(url, { path, type, input, accessToken, from });
  const isQuery = type === "query";
  const query = isQuery && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const response = await fetch(`${url}/trpc/${path}${query}`, {
    method: isQuery ? "GET" : "POST",
    headers: {
      ...(isQuery ? {} : { "content-type": "application/json" }),
      ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
      ...(from ? { "x-forwarded-for": from } : {}),
    },
    body: isQuery ? undefined : JSON.stringify(input ?? {}),
  });
  const text = await response.text();
  const { status } = response;
  const { result, error } = text.startsWith("{") ? (JSON.parse(text) as Body) : {};
  const outcome = result ? "ok" : (error?.data?.refusal?.code ?? `HTTP ${status}`);
  return { status, text, outcome, data: result?.data };
}

/** What answers in pieces: such a call is a batch of one. */
const streaming: readonly string[] = ["sessions.sayStreaming"];

async function callStreaming(url: string, { path, input, accessToken, from }: Call): Promise<Answer> {
  const response = await fetch(`${url}/trpc/${path}?batch=1`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "trpc-accept": "application/jsonl",
      ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
      ...(from ? { "x-forwarded-for": from } : {}),
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
  const { data, text } = await call(url, {
    path: "auth.signIn",
    type: "mutation",
    input: { organization, email, password },
  });
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
