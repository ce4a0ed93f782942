import type { Refusal } from "@helpdesk/domain";
import { type TestServer, accessTokenOf } from "@helpdesk/testing/server";
import type { ProblemError } from "./problem.ts";

/** What answers have, as far as tests read it; a text where it is no JSON, null where there is none. */
interface Body {
  id: string;
  version: number;
  status: number;
  items: {
    id: string;
    priority: string;
    resolvedAt: string | null;
    isLocked: boolean;
    activeSessionId: unknown;
  }[];
  nextCursor: string | null;
  events: { kind: string }[];
  grading: unknown;
  refusal: Refusal | null;
  errors?: ProblemError[];
}

export interface Sent {
  status: number;
  headers: Headers;
  body: Body;
}

/** Requests below `/api/v1` as somebody; null is nobody. */
export async function sender(server: TestServer, name: string | null) {
  const token = name && (await accessTokenOf(server.url, name));
  return async (
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Sent> => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body === undefined || body instanceof FormData ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body:
        body === undefined || typeof body === "string" || body instanceof FormData
          ? body
          : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      headers: response.headers,
      body: (text === "" ? null : isJson ? JSON.parse(text) : text) as Body,
    };
  };
}
