import {
  createHelpdeskClient,
  failureOf,
  memoryTokenStore,
  type UploadProgress,
  webTokenStore,
} from "@helpdesk/client";
import { createTestClient } from "@helpdesk/client/testing";
import { afterEach, expect, test, vi } from "vitest";

const url = "http://desk.test";
const kept = { accessToken: "a", refreshToken: "b", expiresAt: "9999-12-31T23:59:59.999Z" };
const taken = { id: "file-1", name: "file" };

afterEach(() => void vi.unstubAllGlobals());

/** A client over a server that answers the same to all. */
function answering(status: number, body: unknown) {
  const sent: Request[] = [];
  const fetch = vi.fn<typeof globalThis.fetch>(async (input, init) => {
    sent.push(new Request(input, init));
    return Response.json(body, { status, headers: { "retry-after": "0" } });
  });
  const client = createHelpdeskClient({ url, fetch, tokens: memoryTokenStore(kept), retries: 2 });
  return { client, sent, fetch };
}

const gateways = {
  "AWS and Kong": { message: "Service Unavailable" },
  GCP: { error: { code: 503, message: "unavailable", status: "UNAVAILABLE" } },
  "a list": [],
  "a text": "no",
};

test.each(Object.entries(gateways))("a gateway's JSON is no answer: as %s say it", async (_, body) => {
  for (const status of [429, 502, 503, 504]) {
    const call = answering(status, body);
    const failure = await call.client.api.auth.me.query().catch(failureOf);
    expect(failure).toEqual({ kind: "unreachable", httpStatus: status });
    expect(call.sent).toHaveLength(3);

    const upload = answering(status, body);
    const refused = await upload.client.uploadAttachment(new Blob(["x"])).catch(failureOf);
    expect(refused).toEqual({ kind: "unreachable", httpStatus: status });
    expect(upload.sent).toHaveLength(3);
  }
});

test.each([200, 404])("JSON with %i that is not the API's is final, and no defect", async (status) => {
  const { client, sent } = answering(status, {});
  const failure = { kind: "unreachable", httpStatus: status };
  expect(await client.api.auth.me.query().catch(failureOf)).toEqual(failure);
  expect(await client.uploadAttachment(new Blob(["x"])).catch(failureOf)).toEqual(failure);
  expect(sent).toHaveLength(2);
});

test("a stream that a gateway answers with JSON fails as unreachable, and what the API answers does not", async () => {
  const { client } = answering(404, { message: "no Route matched with those values" });
  const opened = async () => {
    for await (const _ of client.api.tickets.onChange.subscribe({ ticketId: "t" }));
  };
  expect(await opened().catch(failureOf)).toEqual({ kind: "unreachable", httpStatus: 404 });
  const mine = createTestClient({
    "auth.me": ({ refuse }) => refuse({ code: "service.unavailable" } as never),
  });
  const refused = await mine.client.api.auth.me.query().catch(failureOf);
  expect(refused).toMatchObject({ kind: "refused" });
});

test("a gateway says how long to wait, to uploads too", async () => {
  let isFirst = true;
  const fetch: typeof globalThis.fetch = async () => {
    if (!isFirst) return Response.json(taken, { status: 201 });
    isFirst = false;
    return Response.json({ message: "slow down" }, { status: 429, headers: { "retry-after": "7" } });
  };
  const client = createHelpdeskClient({ url, fetch, tokens: memoryTokenStore(kept), retries: 0 });
  const error = await client.uploadAttachment(new Blob(["x"])).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "UnreachableError", httpStatus: 429, retryAfterMs: 7_000 });
  expect(await client.uploadAttachment(new Blob(["x"]))).toEqual(taken);
});

test("an upload whose signal is aborted already is never sent", async () => {
  const { client, fetch } = answering(201, taken);
  const upload = client.uploadAttachment(new Blob(["x"]), { signal: AbortSignal.abort() });
  expect(await upload.catch(failureOf)).toEqual({ kind: "aborted" });
  expect(fetch).not.toHaveBeenCalled();
});

test("an upload ended by its caller is aborted, whatever the reason is", async () => {
  const hanging: typeof fetch = (_, init) =>
    new Promise((_resolve, reject) =>
      init!.signal!.addEventListener("abort", () => reject(init!.signal!.reason)),
    );
  const client = createHelpdeskClient({ url, fetch: hanging, tokens: memoryTokenStore(kept) });
  const leaving = new AbortController();
  const uploads = [AbortSignal.timeout(5), leaving.signal].map((signal) =>
    client.uploadAttachment(new Blob(["x"]), { signal }).catch(failureOf),
  );
  setTimeout(() => leaving.abort("changed my mind"), 5);
  expect(await Promise.all(uploads)).toEqual([{ kind: "aborted" }, { kind: "aborted" }]);
});

test("a sign-out that does not reach the server is told, and forgets the tokens", async () => {
  const tokens = memoryTokenStore(kept);
  const onSignedOut = vi.fn<() => void>();
  const offline = createTestClient({}, { tokens, onSignedOut, retries: 0 });
  offline.isOffline = true;
  expect(await offline.client.signOut().catch(failureOf)).toMatchObject({ kind: "unreachable" });
  expect(await tokens.get()).toBeNull();
  expect(onSignedOut).toHaveBeenCalledTimes(1);
});

test("bytes are a file too", async () => {
  const { client, sent } = answering(201, taken);
  const told: UploadProgress[] = [];
  const bytes = new TextEncoder().encode("bytes");
  await client.uploadAttachment(bytes, { name: "b.txt", onProgress: (at) => told.push(at) });
  await client.uploadAttachment(Buffer.from("bytes"));
  const texts = await Promise.all(sent.map((request) => request.text()));
  expect(texts[0]).toContain('filename="b.txt"');
  expect(texts[0]).toContain("\r\n\r\nbytes\r\n");
  expect(texts[1]).toContain("\r\n\r\nbytes\r\n");
  expect(told.at(-1)).toEqual({ sentBytes: 5, totalBytes: 5 });
});

test.each(["{", "7", '{"accessToken":1}', "[]"])(
  "a stored entry of %s is nobody signed in",
  async (entry) => {
    const storage = { getItem: () => entry, setItem: () => {}, removeItem: () => {} };
    expect(await webTokenStore(storage).get()).toBeNull();
    const whole = { ...storage, getItem: () => JSON.stringify(kept) };
    expect(await webTokenStore(whole).get()).toEqual(kept);
  },
);

test("a platform whose forms only append and that makes no UUIDs sends files", async () => {
  const { client, sent } = answering(201, taken);
  class Appending extends FormData {
    override set(): never {
      throw new TypeError("set is not a function");
    }
  }
  vi.stubGlobal("FormData", Appending);
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  await client.uploadAttachment(new Blob(["blob"]));
  await client.uploadAttachment(new Blob(["streamed"]).stream());
  expect(await sent[0]!.text()).toContain("blob");
  expect(await sent[1]!.text()).toContain("streamed");
});
