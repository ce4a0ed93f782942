import { isRefusal } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { sha256 } from "../identity/tokens.ts";
import { MailSink, type Received, tokenIn } from "../mail/sink.fixtures.ts";
import { systemRuntime } from "../runtime.ts";
import { startWorker } from "../worker/start.ts";

const DAY_MS = 86_400_000;

let server: TestServer;
let stopWorker: () => Promise<void>;
let laterMs = 0;
let sink: MailSink;

const as = async (name: string) => (await server.as(name)).api;
const anybody = () => server.client().api;

beforeAll(async () => {
  sink = await MailSink.open({ only: /\/rate#token=/ });
  const now = () => toInstant(toEpochMs(systemRuntime.now()) + laterMs);
  server = await startServer({
    runtime: { ...systemRuntime, now },
    env: { SMTP_URL: sink.url, PUBLIC_URL: "https://help.example/", TRUST_PROXY: "127.0.0.1" },
  });
  await survey({ delaySeconds: 0 });
  stopWorker = await startWorker(server.resources);
});
afterAll(async () => {
  await stopWorker();
  await server[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});
afterEach(() => {
  sink.inbox = [];
  sink.failures = 0;
});

async function survey(satisfactionSurvey: { delaySeconds: number } | null): Promise<void> {
  const omar = await as("omar");
  const { version } = await omar.organization.get.query();
  const changed = await omar.organization.update.mutate({ version, satisfactionSurvey });
  expect(changed.satisfactionSurvey).toEqual(satisfactionSurvey);
  // Rules are kept for a second.
  laterMs += 1_000;
}

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

/** Resolves when no job that is due waits any more. */
const idle = () =>
  vi.waitUntil(async () => {
    const [row] = await server.resources.sql`
        select count(*)::int as n from pgboss.job where state < 'completed' and start_after <= now()`;
    return row!["n"] === 0;
  });

async function mailed(): Promise<Received & { token: string }> {
  await vi.waitUntil(() => sink.inbox.length > 0);
  const received = sink.inbox.shift()!;
  return { ...received, token: tokenIn(received) };
}

async function opened(): Promise<string> {
  const petra = await as("petra");
  const { id } = await (await as("nora")).tickets.open.mutate({ title: "My till is slow", description: "" });
  const { id: assigneeId } = await (await as("ben")).auth.me.query();
  await petra.tickets.assign.mutate({ ticketId: id, version: 1, assigneeId });
  return id;
}

async function move(ticketId: string, status: string): Promise<void> {
  const petra = await as("petra");
  const { version } = await petra.tickets.get.query({ ticketId });
  await petra.tickets.setStatus.mutate({ ticketId, version, status });
}

async function asked(): Promise<{ ticketId: string; token: string }> {
  const ticketId = await opened();
  await move(ticketId, "resolved");
  return { ticketId, token: (await mailed()).token };
}

test("a resolution is rated by its mailed link: staff see it, its agent hears of it, history names the customer", async () => {
  const ticketId = await opened();
  await move(ticketId, "resolved");
  const { to, mail, token } = await mailed();
  expect(to).toBe("nora@brightbakery.example");
  expect(mail.subject).toMatch(/ticket \d+/);
  const { ticket, organization, scores } = await anybody().ratings.look.mutate({ token });
  expect(ticket.title).toBe("My till is slow");
  expect({ organization, scores }).toEqual({ organization: "Lumen Software", scores: ["good", "bad"] });

  await anybody().ratings.rate.mutate({ token, score: "good", comment: " Quick! " });
  const ben = await as("ben");
  const seen = await ben.tickets.get.query({ ticketId });
  expect(seen.ratings).toEqual([
    { score: "good", comment: "Quick!", ratedAt: expect.any(String), resolvedAt: seen.resolvedAt },
  ]);
  expect(seen.timeline.at(-1)).toMatchObject({
    kind: "rating_received",
    actor: { name: "Nora Fischer" },
    changes: {
      rating: { from: null, to: { id: "good", label: "Good" } },
      comment: { to: { label: "Quick!" } },
    },
  });
  const { items } = await ben.notifications.list.query({ unreadOnly: true });
  expect(
    items.find(({ kind, ticket: of }) => kind === "rating_received" && of?.id === ticketId),
  ).toBeDefined();
  const own = await (await as("nora")).tickets.get.query({ ticketId });
  expect(own.ratings).toEqual([]);
  expect(own.version).toBe(seen.version);
});

test("a link rates once, whoever tries at once, and looking at it before uses nothing up", async () => {
  const { ticketId, token } = await asked();
  for (let i = 0; i < 3; i++) expect(await codeOf(anybody().ratings.look.mutate({ token }))).toBe("ok");
  const tries = (["good", "bad", "good", "bad"] as const).map((score) =>
    codeOf(anybody().ratings.rate.mutate({ token, score })),
  );
  const answers = await Promise.all(tries);
  expect(answers.filter((answer) => answer === "ok")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "rating.already_given")).toHaveLength(3);
  expect(await codeOf(anybody().ratings.look.mutate({ token }))).toBe("rating.already_given");
  const { ratings, timeline } = await (await as("ben")).tickets.get.query({ ticketId });
  expect(ratings).toHaveLength(1);
  expect(timeline.filter(({ kind }) => kind === "rating_received")).toHaveLength(1);
});

describe("nobody is asked", () => {
  test("about a ticket that was reopened before the mail went, and about its next resolution they are, once", async () => {
    await survey({ delaySeconds: 3_600 });
    const ticketId = await opened();
    await move(ticketId, "resolved");
    const [first] = await server.resources.sql<{ id: string }[]>`
      select id from ticket_ratings where ticket_id = ${ticketId}`;
    const [job] = await server.resources.sql`
      select extract(epoch from start_after - created_on)::int as delay from pgboss.job
      where name = 'rating_mail' and data ->> 'ratingId' = ${first!.id}`;
    expect(job!["delay"]).toBe(3_600);
    await move(ticketId, "open");
    await server.resources
      .sql`update pgboss.job set start_after = now() where data ->> 'ratingId' = ${first!.id}`;
    await idle();
    expect(sink.inbox).toEqual([]);

    await survey({ delaySeconds: 0 });
    laterMs += 1_000;
    await move(ticketId, "resolved");
    await mailed();
    await move(ticketId, "closed");
    await idle();
    expect(sink.inbox).toEqual([]);
  });

  test("where the organization does not want to know, or not any more when the mail is about to go", async () => {
    await survey({ delaySeconds: 3_600 });
    const early = await opened();
    await move(early, "resolved");
    await survey(null);
    await server.resources.sql`
      update pgboss.job set start_after = now() where name = 'rating_mail' and data ->> 'ratingId' in (
        select id::text from ticket_ratings where ticket_id = ${early})`;
    await move(await opened(), "resolved");
    await idle();
    expect(sink.inbox).toEqual([]);
    await survey({ delaySeconds: 0 });
    await asked();
  });

  test("about what they resolved themselves", async () => {
    const petra = await as("petra");
    const { id: ticketId } = await petra.tickets.open.mutate({ title: "My own chair", description: "" });
    await move(ticketId, "resolved");
    await idle();
    expect(sink.inbox).toEqual([]);
  });
});

test("a resolution in bulk and one by macro are asked about too", async () => {
  const petra = await as("petra");
  const ids = [await opened(), await opened()];
  await petra.tickets.bulk.mutate({ ticketIds: ids, change: { status: "resolved" } });
  const { id: macroId } = await petra.macros.create.mutate({
    name: "Solve",
    actions: { status: "resolved" },
  });
  const third = await opened();
  const { version } = await petra.tickets.get.query({ ticketId: third });
  await petra.tickets.applyMacro.mutate({ ticketId: third, version, macroId });
  await vi.waitUntil(() => sink.inbox.length === 3);
  expect(new Set(sink.inbox.map(tokenIn)).size).toBe(3);
});

test("a mail that the server did not take is sent again, with a link that works", async () => {
  sink.failures = 1;
  const { token } = await asked();
  expect(await codeOf(anybody().ratings.rate.mutate({ token, score: "good" }))).toBe("ok");
});

test("a customer who was deactivated rates nothing any more", async () => {
  const { token } = await asked();
  const { sql } = server.resources;
  await sql`update users set deactivated_at = created_at where email = 'nora@brightbakery.example'`;
  expect(await codeOf(anybody().ratings.rate.mutate({ token, score: "good" }))).toBe("rating.not_found");
  await sql`update users set deactivated_at = null where email = 'nora@brightbakery.example'`;
  expect(await codeOf(anybody().ratings.rate.mutate({ token, score: "good" }))).toBe("ok");
});

test("no token of a link is stored anywhere, its hash is", async () => {
  const { token } = await asked();
  const rows = await server.resources.sql`
    select row_to_json(r)::text as row from ticket_ratings r union all select row_to_json(j)::text from pgboss.job j`;
  const dump = rows.map(({ row }) => row as string).join("\n");
  expect(dump).not.toContain(token.split(".")[1]);
  expect(dump).toContain(sha256(token));
});

test("a made-up link of this organization, of none and a broken one are answered alike, and many of them wait", async () => {
  const { token } = await asked();
  const [organizationId] = token.split(".");
  const guess = () => server.resources.runtime.randomBytes(32).toString("base64url");
  const lookFrom = async (address: string, of: string) => {
    const response = await fetch(`${server.url}/trpc/ratings.look`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": address },
      body: JSON.stringify({ token: of }),
    });
    const { error } = (await response.json()) as { error?: { data: { refusal: { code: string } } } };
    return error?.data.refusal.code ?? "ok";
  };
  const homes = [organizationId!, systemRuntime.newId()];
  for (const [i, home] of homes.entries()) {
    const answers: string[] = [];
    for (let n = 0; n < 21; n++) answers.push(await lookFrom(`10.9.${i}.1`, `${home}.${guess()}`));
    expect(answers).toEqual([...Array<string>(20).fill("rating.not_found"), "auth.throttled"]);
  }
  expect(await lookFrom("10.9.0.1", token)).toBe("auth.throttled");
  expect(await lookFrom("10.9.2.1", "nonsense")).toBe("rating.not_found");
  expect(await lookFrom("10.9.2.1", token)).toBe("ok");
  laterMs += 900_000;
  expect(await lookFrom("10.9.0.1", token)).toBe("ok");
});

// The last one: sessions are over by then.
test("a link works for thirty days from its mailing", async () => {
  const [first, second] = [await asked(), await asked()];
  laterMs += 30 * DAY_MS - 60_000;
  expect(await codeOf(anybody().ratings.rate.mutate({ token: first.token, score: "bad" }))).toBe("ok");
  laterMs += 60_000;
  for (const call of ["look", "rate"] as const) {
    const input = { token: second.token, score: "bad" as const };
    const answer =
      call === "look"
        ? anybody().ratings.look.mutate({ token: second.token })
        : anybody().ratings.rate.mutate(input);
    expect(await codeOf(answer)).toBe("rating.expired");
  }
});
