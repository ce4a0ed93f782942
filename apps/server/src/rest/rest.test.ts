import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sent, sender } from "./rest.fixtures.ts";
import { leftOut, table } from "./table.ts";

let server: TestServer;
let ben: Awaited<ReturnType<typeof sender>>;
let nobody: typeof ben;

beforeAll(async () => {
  server = await startServer({ env: { TRUST_PROXY: "127.0.0.1" } });
  ben = await sender(server, "ben");
  nobody = await sender(server, null);
});
afterAll(() => server[Symbol.asyncDispose]());

const opened = async (): Promise<Sent> => {
  const answer = await ben("POST", "/tickets", { body: { title: "No network", description: "Since noon." } });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer;
};

test("what is made answers 201 and stands where its Location points", async () => {
  const { headers, body } = await opened();
  expect(headers.get("location")).toBe(`/api/v1/tickets/${body.id}`);
  const read = await ben("GET", `/tickets/${body.id}`);
  expect(read).toMatchObject({ status: 200, body: { id: body.id, title: "No network" } });
});

test("a change names the ETag it read: without one 428, with an old one 412, with the right one it happens", async () => {
  const { body } = await opened();
  const path = `/tickets/${body.id}`;
  const etag = (await ben("GET", path)).headers.get("etag")!;
  expect(etag).toMatch(/^"1-[\w-]+"$/);
  const title = { title: "No network on floor 3" };
  expect(await ben("PATCH", path, { body: title })).toMatchObject({
    status: 428,
    body: { refusal: null, errors: [{ header: "If-Match" }] },
  });
  const changed = await ben("PATCH", path, { body: title, headers: { "if-match": etag } });
  expect(changed).toMatchObject({ status: 200, body: { ...title, version: 2 } });
  expect(changed.headers.get("etag")).toBe('"2"');
  expect(await ben("PATCH", path, { body: title, headers: { "if-match": etag } })).toMatchObject({
    status: 412,
    headers: expect.anything(),
    body: { type: "/docs/errors#version.conflict", refusal: { code: "version.conflict", version: 2 } },
  });
  const again = await ben("PATCH", path, { body: { title: "Floor 3" }, headers: { "if-match": '"2"' } });
  expect(again).toMatchObject({ status: 200, body: { version: 3 } });
  for (const wrong of ["*", '"2", "3"', "3", "no"])
    expect((await ben("PATCH", path, { body: title, headers: { "if-match": wrong } })).status).toBe(400);
  for (const another of ['"abc"', '"abc", W/"d-e"'])
    expect((await ben("PATCH", path, { body: title, headers: { "if-match": another } })).status).toBe(412);
  const listed = { body: title, headers: { "if-match": '"abc", "3"' } };
  expect(await ben("PATCH", path, listed)).toMatchObject({ status: 200, body: { version: 4 } });
  expect(
    await ben("PATCH", path, { body: { ...title, version: 4 }, headers: { "if-match": '"4"' } }),
  ).toMatchObject({ status: 400, body: { errors: [{ pointer: "#/version" }] } });
});

test("what has not changed since it was read is 304, and a comment is a change though the version stays", async () => {
  const { body } = await opened();
  const path = `/tickets/${body.id}`;
  const etag = (await ben("GET", path)).headers.get("etag")!;
  const read = () => ben("GET", path, { headers: { "if-none-match": `"x", W/${etag}` } });
  expect(await read()).toMatchObject({ status: 304, body: null });
  expect((await ben("POST", `${path}/comments`, { body: { body: "Looking." } })).body.version).toBe(1);
  expect((await read()).status).toBe(200);
});

test("lists lead through all pages by their Link, each item once", async () => {
  const all = await ben("GET", "/tickets?limit=100");
  const seen: string[] = [];
  let next: string | undefined = "/tickets?limit=3";
  let pages = 0;
  for (; next !== undefined; pages++) {
    const { status, headers, body } = await ben("GET", next);
    expect(status).toBe(200);
    seen.push(...body.items.map(({ id }) => id));
    expect(headers.has("link")).toBe(body.nextCursor !== null);
    next = /^<\/api\/v1(.+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
  }
  expect(pages).toBeGreaterThan(2);
  expect(seen).toEqual(all.body.items.map(({ id }) => id));
});

test("a query says numbers, booleans, lists and filters as the procedure takes them", async () => {
  const urgent = await ben("GET", "/tickets?isOpen=true&priorities=urgent&priorities=high&limit=3");
  expect(urgent.status).toBe(200);
  expect(urgent.body.items.length).toBeGreaterThan(0);
  for (const { priority, resolvedAt } of urgent.body.items)
    expect([["urgent", "high"].includes(priority), resolvedAt]).toEqual([true, null]);
  const one = await ben("GET", "/tickets?priorities=low&limit=3");
  expect(new Set(one.body.items.map(({ priority }) => priority))).toEqual(new Set(["low"]));
  const fields = encodeURIComponent(JSON.stringify({ no_such_field: true }));
  expect(await ben("GET", `/tickets?fields=${fields}`)).toMatchObject({
    status: 400,
    body: { refusal: { code: "field.invalid" } },
  });
  const found = await ben("GET", "/search/tickets?query=vpn&priorities=low&priorities=medium&isOpen=true");
  expect(found.status).toBe(200);
  const narrow = await ben("GET", "/search/tickets?query=vpn&customerId=nobody");
  expect(narrow).toMatchObject({ status: 400 });
});

test("a request that is wrong is told place by place", async () => {
  const wrong = async (answer: Promise<Sent>) => {
    const { status, headers, body } = await answer;
    expect(headers.get("content-type")).toMatch(/^application\/problem\+json\b/);
    expect(body.status).toBe(status);
    return [
      status,
      body.refusal?.code ?? null,
      ...(body.errors ?? []).map(({ pointer, parameter, header }) => ({
        ...(pointer !== undefined && { pointer }),
        ...(parameter !== undefined && { parameter }),
        ...(header !== undefined && { header }),
      })),
    ];
  };
  expect(await wrong(ben("GET", "/tickets?limit=many"))).toEqual([
    400,
    "input.invalid",
    { parameter: "limit" },
  ]);
  expect(await wrong(ben("GET", "/tickets?limt=5"))).toEqual([400, null, { parameter: "limt" }]);
  expect(await wrong(ben("GET", "/tickets/one"))).toEqual([400, "input.invalid", { parameter: "ticketId" }]);
  expect(await wrong(ben("POST", "/tickets", { body: { title: "x", description: 5 } }))).toEqual([
    400,
    "input.invalid",
    { pointer: "#/description" },
  ]);
  expect(await wrong(ben("PUT", "/departments/order", { body: {} }))).toEqual([405, null]);
  expect(await wrong(ben("POST", "/tickets", { body: "{" }))).toEqual([400, null]);
  expect(await wrong(ben("POST", "/tickets", { body: "[]" }))).toEqual([
    400,
    "input.invalid",
    { pointer: "#" },
  ]);
  const xml = { "content-type": "text/xml" };
  expect(await wrong(ben("POST", "/tickets", { body: "<x/>", headers: xml }))).toEqual([415, null]);
  expect(await wrong(ben("GET", "/nothing"))).toEqual([404, null]);
  const long = { body: { title: "x", description: "x".repeat(1_100_000) } };
  expect(await wrong(ben("POST", "/tickets", long))).toEqual([413, null]);
  const key = { "idempotency-key": "a,b" };
  expect(await wrong(ben("POST", "/tickets", { body: {}, headers: key }))).toEqual([
    400,
    "input.invalid",
    { header: "Idempotency-Key" },
  ]);
});

test("a method that a path does not take is 405 and says which it takes; OPTIONS and HEAD are right", async () => {
  const refused = await ben("DELETE", "/tickets");
  expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
  const asked = await nobody("OPTIONS", "/tickets");
  expect([asked.status, asked.headers.get("allow")]).toEqual([204, "GET, HEAD, POST, OPTIONS"]);
  const got = await ben("GET", "/users/me");
  const head = await ben("HEAD", "/users/me");
  expect([head.status, head.body]).toEqual([200, null]);
  expect(head.headers.get("etag")).toBe(got.headers.get("etag"));
});

test("a change sent again with its key happens once, and the second answer says so", async () => {
  const headers = { "idempotency-key": "open-once-1" };
  const body = { title: "Once only", description: "Sent twice." };
  const first = await ben("POST", "/tickets", { body, headers });
  const second = await ben("POST", "/tickets", { body, headers });
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  expect(second.headers.get("location")).toBe(first.headers.get("location"));
  expect([first, second].map((each) => each.headers.get("idempotent-replayed"))).toEqual([null, "true"]);
  const other = await ben("POST", "/tickets", { body: { ...body, title: "Another" }, headers });
  expect(other).toMatchObject({ status: 422, body: { refusal: { code: "idempotency.key_reused" } } });
});

test("the training session of the original design runs by its paths", async () => {
  const { body: page } = await ben("GET", "/scenarios?limit=100");
  const scenario = page.items.find((each) => !each.isLocked && each.activeSessionId === null)!;
  const started = await ben("POST", `/scenarios/${scenario.id}/start`);
  expect(started.status, JSON.stringify(started.body)).toBe(201);
  const path = `/sessions/${started.body.id}`;
  expect(started.headers.get("location")).toBe(`/api/v1${path}`);
  const said = await ben("POST", `${path}/messages`, { body: { text: "Hello, how can I help you?" } });
  expect(said.body.events.map(({ kind }) => kind)).toContain("trainee_said");
  const ended = await ben("POST", `${path}/resolve`);
  expect(ended.body.grading).not.toBeNull();
  expect(await ben("POST", `${path}/resolve`)).toMatchObject({
    status: 409,
    body: { refusal: { code: "session.ended" } },
  });
  expect((await ben("GET", "/users/me/performance")).status).toBe(200);
});

test("nothing is kept on the way but what can be asked about again by its ETag", async () => {
  const kept = async (path: string, method = "GET", body?: unknown) =>
    (await ben(method, path, { body })).headers.get("cache-control");
  const { body } = await opened();
  expect(await kept(`/tickets/${body.id}`)).toBe("private, no-cache");
  expect(await kept("/tickets")).toBe("no-store");
  expect(await kept("/auth/token", "POST", { key: "x" })).toBe("no-store");
  const { headers } = await fetch(`${server.url}/trpc/auth.me`);
  expect(headers.get("cache-control")).toBe("no-store");
});

test("a URL that cannot be read is told in the words of whatever is asked", async () => {
  const answer = async (path: string) => {
    const response = await fetch(server.url + path);
    const { headers } = response;
    return [response.status, headers.get("x-content-type-options"), await response.json()];
  };
  expect(await answer("/api/v1/tickets/%E0%A4%A")).toEqual([
    400,
    "nosniff",
    expect.objectContaining({ type: "about:blank", status: 400, refusal: null, errorId: null }),
  ]);
  expect(await answer("/trpc/%E0%A4%A")).toEqual([
    400,
    "nosniff",
    { error: expect.objectContaining({ data: expect.objectContaining({ httpStatus: 400, refusal: null }) }) },
  ]);
});

test("a file is sent, attached and read below /api/v1, and what is not there is a problem", async () => {
  const { body: ticket } = await opened();
  const form = new FormData();
  form.set("file", new Blob(["a,b\n1,2\n"]), "table.csv");
  const file = await ben("POST", `/attachments?ticketId=${ticket.id}`, { body: form });
  expect(file).toMatchObject({ status: 201, body: { name: "table.csv", sizeBytes: 8, state: "ready" } });
  const attachmentIds = [file.body.id];
  const reply = { body: "See the table.", attachmentIds };
  expect((await ben("POST", `/tickets/${ticket.id}/comments`, { body: reply })).status).toBe(200);
  const { status, headers } = await ben("HEAD", `/attachments/${file.body.id}`);
  expect([status, headers.get("allow")]).toEqual([405, "GET, DELETE, OPTIONS"]);
  expect(await ben("GET", "/attachments/019b8d2b-8c00-7f3a-9d54-0b8a4f6c2e10")).toMatchObject({
    status: 404,
    body: { type: "/docs/errors#attachment.not_found", refusal: { code: "attachment.not_found" } },
  });
  const text = await ben("GET", `/attachments/${file.body.id}`);
  expect(text).toMatchObject({ status: 200, body: "a,b\n1,2\n" });
});

test("nobody gets in anywhere: every route that is not public answers 401 to who is not signed in", async () => {
  const id = "019b8d2b-8c00-7f3a-9d54-0b8a4f6c2e10";
  const open: string[] = [];
  let refused = 0;
  for (const { method, path, procedure } of table) {
    const at = path
      .replaceAll(/\{\w+\}/g, id)
      .replace(`links/${id}`, "links/blocks")
      .replace(`messages/${id}`, "messages/1");
    const headers = { "if-match": '"1"', "x-forwarded-for": `10.9.${refused >> 8}.${refused & 255}` };
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    const { status, body: answer } = await nobody(method, at, { body, headers });
    if (status === 401 && answer.refusal?.code === "auth.required") refused++;
    else open.push(procedure);
  }
  expect(refused).toBeGreaterThan(130);
  expect(Object.keys(leftOut).length).toBeGreaterThan(0);
  expect(open.toSorted()).toEqual([
    "auth.acceptInvitation",
    "auth.exchangeKey",
    "auth.refresh",
    "auth.requestPasswordReset",
    "auth.resetPassword",
    "auth.signIn",
    "auth.verifyEmail",
    "certificates.verify",
    "helpCenter.feedback",
    "helpCenter.get",
    "helpCenter.getBySlug",
    "helpCenter.list",
    "helpCenter.recordView",
    "helpCenter.search",
    "helpCenter.suggest",
    "helpCenter.tree",
    "ratings.look",
    "ratings.rate",
  ]);
});
