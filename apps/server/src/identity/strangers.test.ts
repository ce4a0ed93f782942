import { call, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ env: { TRUST_PROXY: "127.0.0.1" } });
});
afterAll(() => server[Symbol.asyncDispose]());

type Attempt = [organization: "here" | "elsewhere", email: string, from: string];

/** The same attempts on two organizations, "here" and "elsewhere": what they are answered. */
async function answers(
  path: string,
  attempts: Attempt[],
  slugs: Record<"here" | "elsewhere", string>,
  network: number,
): Promise<string[]> {
  const outcomes: string[] = [];
  for (const [organization, email, from] of attempts) {
    const input = { organization: slugs[organization], email: `${email}@guess.example` };
    const { outcome, status } = await call(server.url, {
      path,
      type: "mutation",
      input: path === "auth.signIn" ? { ...input, password: "a wrong one" } : input,
      from: `10.${network}.0.${from}`,
    });
    outcomes.push(`${status} ${outcome}`);
  }
  return outcomes;
}

const real = { here: "demo", elsewhere: "northwind" };
const madeUp = { here: "nowhere", elsewhere: "nowhere-else" };

const repeated = (count: number, attempt: (i: number) => Attempt): Attempt[] =>
  Array.from({ length: count }, (_, i) => attempt(i));

test.each([
  ["auth.requestPasswordReset", 5, 1],
  ["auth.signIn", 10, 3],
] as const)("%s answers an organization that is not there as one that is", async (path, limit, network) => {
  const attempts: Attempt[] = [
    // One address asks for many people, then for another organization's.
    ...repeated(limit + 1, (i) => ["here", `one-${i}`, "1"]),
    ["elsewhere", "one-0", "1"],
    // Many addresses ask for one person, and then one of them for another.
    ...repeated(limit + 1, (i) => ["here", "two", `${i + 10}`]),
    ["here", "three", "10"],
  ];
  const known = await answers(path, attempts, real, network);
  expect(await answers(path, attempts, madeUp, network + 1)).toEqual(known);
  const throttled = known.flatMap((answer, i) => (answer === "429 auth.throttled" ? [i] : []));
  expect(throttled).toEqual([limit, 2 * limit + 2]);
});
