import { randomUUID } from "node:crypto";
import { type Sql, connect } from "@helpdesk/db";
import { accessTokenOf, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

let server: TestServer;
let accessToken: string;
/** Another pool: it holds locks and looks on. */
let onlooker: Sql;

beforeAll(async () => {
  server = await startServer();
  accessToken = await accessTokenOf(server.url, "sofia");
  onlooker = connect({ url: server.database.url, max: 3, applicationName: "onlooker" });
});

afterAll(async () => {
  await onlooker.end({ timeout: 5 });
  await server[Symbol.asyncDispose]();
});

const post = (
  path: string,
  input: unknown,
  { headers = {}, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
) =>
  fetch(`${server.url}/trpc/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(input),
    ...(signal && { signal }),
  });

/** For a machine that has much to do. */

const newTicket = async (): Promise<string> => {
  const response = await post("tickets.open", { title: "Waited for", description: "" });
  return ((await response.json()) as { result: { data: { id: string } } }).result.data.id;
};

const comments = async (ticketId: string): Promise<number> => {
  const [row] = await onlooker<{ count: number }[]>`
    select count(*)::int as count from ticket_comments where ticket_id = ${ticketId}`;
  return row!.count;
};

/** Statements of the server that wait for a lock. */
const waiting = async (): Promise<number> => {
  const [row] = await onlooker<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where application_name = 'helpdesk-test' and wait_event_type = 'Lock'`;
  return row!.count;
};

const lockTicket = (ticketId: string, work: () => Promise<void>) =>
  onlooker.begin(async (sql) => {
    await sql`set local idle_in_transaction_session_timeout = 0`;
    await sql`select id from tickets where id = ${ticketId} for update`;
    await work();
  });

/** How often a procedure has had an outcome, as the server counts. */
async function counted(path: string, outcome: string): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const line = `helpdesk_procedure_outcomes_total{path="${path}",outcome="${outcome}"} `;
  return Number(
    metrics
      .split("\n")
      .find((each) => each.startsWith(line))
      ?.slice(line.length) ?? 0,
  );
}

const refusalIn = async (response: Response): Promise<unknown> => {
  const { error } = (await response.json()) as { error?: { data: { refusal: { code: string } | null } } };
  return error?.data.refusal?.code;
};

test("a deadline that passes while a lock is waited for ends the statement: refused, nothing written, the backend free", async () => {
  const ticketId = await newTicket();
  await lockTicket(ticketId, async () => {
    const response = await post(
      "tickets.reply",
      { ticketId, body: "Too late" },
      { headers: { "request-timeout-ms": "200" } },
    );
    expect(response.status).toBe(504);
    expect(await refusalIn(response)).toBe("deadline.exceeded");
    expect(await waiting()).toBe(0);
  });
  expect(await comments(ticketId)).toBe(0);
  expect((await post("tickets.reply", { ticketId, body: "In time" })).status).toBe(200);
  expect(await comments(ticketId)).toBe(1);
});

test("a call whose caller goes away while it waits ends in the database too", async () => {
  const ticketId = await newTicket();
  const before = await counted("tickets.reply", "deadline.exceeded");
  await lockTicket(ticketId, async () => {
    const caller = new AbortController();
    const response = post("tickets.reply", { ticketId, body: "Gone" }, { signal: caller.signal });
    await vi.waitFor(async () => expect(await waiting()).toBe(1));
    caller.abort();
    await expect(response).rejects.toThrow("aborted");
    // By the lock's own timeout it would count as unavailable.
    const ended = () => counted("tickets.reply", "deadline.exceeded");
    await vi.waitFor(async () => expect(await ended()).toBe(before + 1));
    expect(await waiting()).toBe(0);
  });
  expect(await comments(ticketId)).toBe(0);
});

test("a deadline that is kept changes nothing", async () => {
  const ticketId = await newTicket();
  const headers = { "request-timeout-ms": "30000" };
  expect((await post("tickets.reply", { ticketId, body: "In time" }, { headers })).status).toBe(200);
  expect(await comments(ticketId)).toBe(1);
});

test.for(["0", "-1", "1.5", "soon", "1e3", ""])(
  "the deadline %j is none, and it is said",
  async (timeout) => {
    const headers = { "request-timeout-ms": timeout };
    const response = await post("tickets.open", { title: "A", description: "" }, { headers });
    expect(response.status).toBe(400);
    expect(await refusalIn(response)).toBe("input.invalid");
  },
);

test("what a deadline ended is done when it is repeated with its key, once", async () => {
  const ticketId = await newTicket();
  const key = { "idempotency-key": randomUUID() };
  const reply = (headers: Record<string, string>) =>
    post("tickets.reply", { ticketId, body: "Once" }, { headers: { ...key, ...headers } });
  await lockTicket(ticketId, async () => {
    expect((await reply({ "request-timeout-ms": "100" })).status).toBe(504);
  });
  const [first, second] = [await reply({}), await reply({})];
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(await second.text()).toBe(await first.text());
  expect(await comments(ticketId)).toBe(1);
});
