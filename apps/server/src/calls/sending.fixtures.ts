import type { TestServer } from "@helpdesk/testing/server";

export interface Sent {
  status: number;
  text: string;
  /** The header, which lists calls that had been answered before. */
  replayed: string | null;
}

export interface Sending {
  token: string;
  key?: string | null;
  headers?: Record<string, string>;
}

/** A mutation by plain HTTP, with its key. */
export async function sendTo(
  { url }: TestServer,
  path: string,
  input: unknown,
  { token, key = null, headers = {} }: Sending,
): Promise<Sent> {
  const response = await fetch(`${url}/trpc/${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      ...(key === null ? {} : { "idempotency-key": key }),
      ...headers,
    },
    body: JSON.stringify(input),
  });
  const { status } = response;
  return { status, text: await response.text(), replayed: response.headers.get("idempotent-replayed") };
}

export const dataOf = <T>({ text }: Sent): T => (JSON.parse(text) as { result: { data: T } }).result.data;

export const refusalOf = ({ text }: Sent): string | undefined =>
  (JSON.parse(text) as { error?: { data: { refusal: { code: string } | null } } }).error?.data.refusal?.code;

export async function countOf({ resources: { sql } }: TestServer, table: string): Promise<number> {
  const [row] = await sql.unsafe<{ count: number }[]>(`select count(*)::int as count from ${table}`);
  return row!.count;
}
