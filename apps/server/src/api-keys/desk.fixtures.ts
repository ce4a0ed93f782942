import { toEpochMs, toInstant } from "@helpdesk/domain";
import { type Answer, type TestServer, accessTokenOf, call, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect } from "vitest";
import { systemRuntime } from "../runtime.ts";
import type { Exchanged, MadeKey } from "./view.ts";

/** The server of a test file, whose clock can be put forward, with people signed in. */
export const desk = {
  server: undefined as unknown as TestServer,
  tokens: {} as Record<string, string>,
  laterMs: 0,
};

export const runtime = {
  ...systemRuntime,
  now: () => toInstant(toEpochMs(systemRuntime.now()) + desk.laterMs),
};

export function aDeskIsOpen(): void {
  beforeAll(async () => {
    const env = { TRUST_PROXY: "127.0.0.1", ACCESS_TOKEN_SECONDS: "3600" };
    desk.server = await startServer({ runtime, env });
    for (const name of ["sofia", "omar", "petra", "ben", "nora", "ingrid"])
      desk.tokens[name] = await accessTokenOf(desk.server.url, name);
  });
  afterAll(() => desk.server[Symbol.asyncDispose]());
}

/** What a process knows of principals may be 0.9 s old. */
export const aSecondPasses = () => (desk.laterMs += 1_000);

const queries = /\.(list|get|me|sessions)$/;
export const ask = (
  accessToken: string | null,
  path: string,
  input?: unknown,
  from?: string,
): Promise<Answer> =>
  call(desk.server.url, {
    path,
    type: queries.test(path) ? "query" : "mutation",
    input,
    accessToken,
    ...(from ? { from } : {}),
  });

export async function done<T>(accessToken: string | null, path: string, input?: unknown): Promise<T> {
  const answer = await ask(accessToken, path, input);
  expect(answer.outcome, `${path}: ${answer.text}`).toBe("ok");
  return answer.data as T;
}

export const outcome = async (accessToken: string | null, path: string, input?: unknown): Promise<string> =>
  (await ask(accessToken, path, input)).outcome;

export const newKey = (input: object, by = "sofia") =>
  done<MadeKey>(desk.tokens[by]!, "apiKeys.create", { name: "Portal", ...input });

export const service = (roleKey: string) => ({ service: { name: "Portal", roleKey } });

export const exchange = (key: string, rest: object = {}) =>
  done<Exchanged>(null, "auth.exchangeKey", { key, ...rest });

export const exchanging = (key: string, rest: object = {}) =>
  outcome(null, "auth.exchangeKey", { key, ...rest });

export const idOf = async (name: string) => (await done<{ id: string }>(desk.tokens[name]!, "auth.me")).id;
