import { call, startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

/** Keeps this process, and with it the server, from anything else. */
const stall = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** How a server whose process stalls again and again answers, with such a limit. */
async function outcomesUnder(limit: string): Promise<Set<string>> {
  await using server = await startServer({ env: { LIMIT_EVENT_LOOP_DELAY_MS: limit } });
  const outcomes = new Set<string>();
  for (let again = 0; again < 10; again++) {
    stall(300);
    outcomes.add((await call(server.url, { path: "tickets.list", type: "query" })).outcome);
  }
  return outcomes;
}

test("a process that runs later than its limit says that it is overloaded, and one without a limit does not", async () => {
  expect(await outcomesUnder("100")).toContain("service.unavailable");
  expect(await outcomesUnder("0")).toEqual(new Set(["auth.required"]));
});
