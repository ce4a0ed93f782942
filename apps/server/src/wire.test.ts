import { accessTokenOf, call, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

const TITLE = "Sent over the wire";

let server: TestServer;
let accessToken: string;

beforeAll(async () => {
  server = await startServer();
  accessToken = await accessTokenOf(server.url, "nora");
});

afterAll(() => server[Symbol.asyncDispose]());

const post = (path: string, body: string | FormData | Uint8Array<ArrayBuffer>, type?: string) =>
  fetch(`${server.url}/trpc/${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(type === undefined ? {} : { "content-type": type }),
    },
    body,
  });

const openRaw = (json: string) => post("tickets.open", json, "application/json");
const openCount = async () => {
  const [row] = await server.resources.sql<{ count: number }[]>`select count(*) as count from tickets`;
  return row!.count;
};

describe("a defect of ours", () => {
  test("tells the caller an id to ask with and nothing else; the log has the rest under that id", async () => {
    const broken = await startServer();
    try {
      const token = await accessTokenOf(broken.url, "nora");
      await broken.resources.sql`alter table notifications rename to elsewhere`;
      const logged = vi.spyOn(broken.resources.log, "error").mockImplementation(() => undefined);
      const answer = await call(broken.url, {
        path: "notifications.unreadCount",
        type: "query",
        accessToken: token,
      });
      expect(answer.status).toBe(500);
      const { error } = JSON.parse(answer.text) as {
        error: { message: string; data: Record<string, unknown> };
      };
      expect(error.message).toBe("Internal error.");
      expect(Object.keys(error.data).toSorted()).toEqual([
        "code",
        "errorId",
        "httpStatus",
        "path",
        "refusal",
      ]);
      expect(error.data).toMatchObject({
        code: "INTERNAL_SERVER_ERROR",
        refusal: null,
        errorId: expect.any(String),
      });
      expect(answer.text).not.toMatch(/relation|select|exist|postgres|stack|\bat \w|\.ts/i);
      expect(logged).toHaveBeenCalledWith(
        expect.objectContaining({
          errorId: error.data["errorId"],
          path: "notifications.unreadCount",
          err: expect.objectContaining({ message: 'relation "notifications" does not exist' }),
        }),
        "defect",
      );
    } finally {
      await broken[Symbol.asyncDispose]();
    }
  });
});

describe("a batch", () => {
  const batchOf = (count: number) =>
    fetch(
      `${server.url}/trpc/${Array.from({ length: count }, () => "auth.me").join(",")}?batch=1&input=${encodeURIComponent("{}")}`,
      { headers: { authorization: `Bearer ${accessToken}` } },
    );

  test("of twenty calls is answered", async () => {
    const response = await batchOf(20);
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveLength(20);
  });

  test("of more is refused as a whole", async () => {
    const response = await batchOf(21);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain("nora@");
  });
});

describe("a body", () => {
  const right = JSON.stringify({ title: TITLE, description: "" });

  test("in JSON is taken", async () => {
    expect((await openRaw(right)).status).toBe(200);
    expect((await post("tickets.open", right, "Application/JSON; charset=utf-8")).status).toBe(200);
  });

  test.for([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "application/xml",
    "",
  ])("called %s is not", async (type) => {
    const before = await openCount();
    const answer = await post("tickets.open", new TextEncoder().encode(right), type);
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({
      error: { data: { code: "UNSUPPORTED_MEDIA_TYPE", httpStatus: 415, refusal: null } },
    });
    expect(await openCount()).toBe(before);
  });

  test("of a form of another site is not", async () => {
    const form = new FormData();
    form.set("title", TITLE);
    expect((await post("tickets.open", form)).status).toBe(415);
  });

  test("of more than a mebibyte is not read; one just below is", async () => {
    const description = (length: number) => JSON.stringify({ title: TITLE, description: "x".repeat(length) });
    const tooLarge = await openRaw(description(1_048_576));
    expect(tooLarge.status).toBe(413);
    expect(await tooLarge.json()).toMatchObject({
      error: { data: { code: "PAYLOAD_TOO_LARGE", refusal: null } },
    });
    expect(await (await openRaw(description(1_048_000))).json()).toMatchObject({
      error: { data: { refusal: { code: "input.invalid" } } },
    });
    expect((await openRaw(description(65_536))).status).toBe(200);
  });

  test.for(["{", "", "[", "\u0000", '{"title":', "nonsense"])(
    "that is not JSON (%j) is the caller's fault",
    async (json) => {
      const response = await openRaw(json);
      expect(response.status).toBe(400);
      expect(await response.text()).not.toMatch(/node_modules|\.ts:/);
    },
  );
});

describe("an input", () => {
  const wrong: Record<string, [json: string, place: string]> = {
    "with a key that nobody asked for": ['{"title":"a","description":"","isAdmin":true}', ""],
    "with a prototype": ['{"title":"a","description":"","__proto__":{"priority":"low"}}', ""],
    "of two lines": ['{"title":"a\\nb","description":""}', "title"],
    "with NUL": ['{"title":"a\\u0000b","description":""}', "title"],
    "with half of a character": ['{"title":"a","description":"\\ud800"}', "description"],
    "with an id that is none": [
      '{"title":"a","description":"","departmentId":"1; drop table tickets"}',
      "departmentId",
    ],
    "of the wrong type": ['{"title":{"toString":1},"description":""}', "title"],
    "of blanks": ['{"title":" \\u00a0\\n","description":""}', "title"],
    "too long": [JSON.stringify({ title: "x".repeat(301), description: "" }), "title"],
    "that is a list": ["[]", ""],
    "that is nothing": ["null", ""],
  };

  test.for(Object.entries(wrong))("%s is refused, and it is said where", async ([, [json, place]]) => {
    const before = await openCount();
    const response = await openRaw(json);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as {
      error: {
        message: string;
        data: { refusal: { code: string; issues: { path: string[]; message: string }[] } };
      };
    };
    expect(error.message).toBe("The input is not valid.");
    expect(error.data.refusal.code).toBe("input.invalid");
    expect(error.data.refusal.issues.map(({ path }) => path.join("."))).toContain(place);
    expect(await openCount()).toBe(before);
  });

  test("of a query that is not JSON is refused too", async () => {
    const response = await fetch(`${server.url}/trpc/tickets.get?input=%7B`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(response.status).toBe(400);
  });

  test("means the same with its ids in capitals", async () => {
    const me = await call(server.url, { path: "auth.me", type: "query", accessToken });
    const { id } = me.data as { id: string };
    const opened = await call(server.url, {
      path: "tickets.open",
      type: "mutation",
      accessToken,
      input: { title: TITLE, description: "", customerId: id.toUpperCase() },
    });
    expect(opened.data).toMatchObject({ customer: { id } });
    const { id: ticketId } = opened.data as { id: string };
    const input = { ticketId: ticketId.toUpperCase() };
    expect(await call(server.url, { path: "tickets.get", type: "query", accessToken, input })).toMatchObject({
      data: { id: ticketId },
    });
  });
});

describe("a request", () => {
  const status = async (path: string, init: RequestInit = {}) =>
    (await fetch(server.url + path, init)).status;

  test("for what there is not gets 404", async () => {
    expect(await status("/trpc/tickets.everything")).toBe(404);
    expect(await status("/trpc/constructor")).toBe(404);
    expect(await status("/trpc/")).toBe(404);
    expect(await status("/nothing")).toBe(404);
  });

  test("by the wrong method changes nothing", async () => {
    const before = await openCount();
    const input = encodeURIComponent(JSON.stringify({ title: TITLE, description: "" }));
    const headers = { authorization: `Bearer ${accessToken}` };
    expect(await status(`/trpc/tickets.open?input=${input}`, { headers })).toBe(405);
    expect(await openCount()).toBe(before);
  });

  test.for([
    "",
    "Bearer ",
    "Bearer x",
    "Bearer e30.e30.e30",
    `Bearer ${"x".repeat(8_000)}`,
    "Basic bm9yYTpub3Jh",
  ])("signed %j is nobody's", async (authorization) => {
    const response = await fetch(`${server.url}/trpc/auth.me`, { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { data: { refusal: { code: "auth.required" } } } });
  });

  test("with somebody's token whose signature was changed is nobody's", async () => {
    const forged = accessToken.slice(0, -4) + (accessToken.endsWith("AAAA") ? "BBBB" : "AAAA");
    const answer = await call(server.url, { path: "auth.me", type: "query", accessToken: forged });
    expect(answer.outcome).toBe("auth.required");
    expect((await call(server.url, { path: "auth.me", type: "query", accessToken })).outcome).toBe("ok");
  });
});
