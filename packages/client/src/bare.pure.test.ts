import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { rolldown } from "rolldown";
import { beforeAll, expect, test } from "vitest";
import { answeringFetch } from "./testing/respond.ts";

const entry = fileURLToPath(new URL("./index.ts", import.meta.url));
let code: string;
let imports: string[];

beforeAll(async () => {
  const bundle = await rolldown({
    input: entry,
    platform: "neutral",
    resolve: { mainFields: ["module", "main"] },
  });
  const { output } = await bundle.generate({ format: "iife", name: "helpdesk", comments: false });
  await bundle.close();
  code = output[0].code;
  imports = [...output[0].imports, ...output[0].dynamicImports];
});

test("the client is one file that imports nothing", () => {
  expect(imports).toEqual([]);
});

test("it names no thing that only browsers or only Node have", () => {
  const texts = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/g;
  const foreign =
    /(?<![.\w$])(window|document|localStorage|sessionStorage|navigator|location|XMLHttpRequest|process|Buffer|require|__dirname|global)\b(?!\s*[:=(,])/g;
  // tRPC asks whether there is a window before it looks at it.
  const guarded = /^.*typeof window.*$/gm;
  const named = (source: string) =>
    [...source.replaceAll(guarded, "").replaceAll(texts, "").matchAll(foreign)].map(([name]) => name);
  expect(named("process.exit(window)")).toEqual(["process", "window"]);
  expect(named(code)).toEqual([]);
});

const script = `
  const client = helpdesk.createHelpdeskClient({ url: "http://desk.test", tokens: helpdesk.memoryTokenStore(tokens) });
  (async () => [
    await client.api.auth.me.query(),
    await client.api.tickets.open.mutate({ title: "Bare", description: "" }),
    helpdesk.failureOf(await client.api.tickets.list.query().catch((error) => error)),
  ])()`;

test("it works where there is nothing but fetch, URL, AbortController, TextEncoder, crypto and timers", async () => {
  const keys: (string | null)[] = [];
  let isFirst = true;
  const answer = answeringFetch(({ path, idempotencyKey }) => {
    keys.push(idempotencyKey);
    if (path === "tickets.list") throw new Error("no");
    return { path };
  });
  const flaky: typeof fetch = async (input, init) => {
    if (!isFirst) return answer(input, init);
    isFirst = false;
    throw new TypeError("Network request failed");
  };
  const tokens = { accessToken: "a", refreshToken: "b", expiresAt: "9999-12-31T23:59:59.999Z" };
  const bare = { fetch: flaky, URL, AbortController, TextEncoder, crypto, setTimeout, clearTimeout, tokens };
  const context = createContext({ ...bare });
  runInContext(code, context);
  expect(await runInContext(script, context)).toEqual([
    { path: "auth.me" },
    { path: "tickets.open" },
    { kind: "defect", errorId: null },
  ]);
  expect(keys[1]).toMatch(/^[0-9a-f-]{36}$/);
  const withoutCrypto = createContext({ ...bare, crypto: undefined });
  runInContext(code, withoutCrypto);
  await runInContext(script, withoutCrypto);
  expect(keys.at(-2)).toMatch(/^[0-9a-f]{32}$/);
});

/** A form as React Native has it: it can append, and no more. */
class AppendingForm {
  readonly parts: unknown[][] = [];
  append(...part: unknown[]): void {
    this.parts.push(part);
  }
}

test("where forms only append and fetch does not stream, files are sent and streams come by an EventSource and ReadableStream", async () => {
  const forms: unknown[] = [];
  const answer = answeringFetch(() => ({ ticket: "once" }));
  const phone: typeof fetch = async (input, init) => {
    if (!(input as string).includes("/attachments")) return answer(input, init);
    forms.push(init!.body);
    return Response.json({ id: "file-1" }, { status: 201 });
  };
  const opened: string[] = [];
  class OneMessage extends EventTarget {
    readyState = 0;
    constructor(url: string) {
      super();
      opened.push(url);
      setTimeout(() => {
        this.readyState = 1;
        this.dispatchEvent(new Event("open"));
        const data = JSON.stringify({ entries: [] });
        this.dispatchEvent(new MessageEvent("message", { data, lastEventId: "1" }));
      });
    }
    close(): void {
      this.readyState = 2;
    }
  }
  const tokens = { accessToken: "a", refreshToken: "b", expiresAt: "9999-12-31T23:59:59.999Z" };
  const things = { AbortController, TextEncoder, setTimeout, clearTimeout, FormData: AppendingForm, Blob };
  const context = createContext({ ...things, fetch: phone, URL, ReadableStream, tokens, OneMessage });
  runInContext(code, context);
  const said: unknown = await runInContext(
    `(async () => {
      const client = helpdesk.createHelpdeskClient({
        url: "http://desk.test", tokens: helpdesk.memoryTokenStore(tokens), EventSource: OneMessage });
      const file = await client.uploadAttachment(new Blob(["photo"]), { name: "photo.jpg" });
      const first = await new Promise((resolve, reject) => {
        const stream = client.api.tickets.onChange.subscribe({ ticketId: "t" }, {
          onData: (message) => { stream.unsubscribe(); resolve(message); }, onError: reject });
      });
      return [file, first.data ?? first];
    })()`,
    context,
  );
  expect(said).toEqual([{ id: "file-1" }, { entries: [] }]);
  expect(forms).toEqual([{ parts: [["file", expect.any(Blob), "photo.jpg"]] }]);
  expect(opened).toHaveLength(1);
  expect(opened[0]).not.toContain("accessToken");
});
