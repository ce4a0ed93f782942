import type { Sent } from "./two-servers.fixtures.ts";

const json = { "content-type": "application/json" };
const input = (value: unknown): string => `input=${encodeURIComponent(JSON.stringify(value))}`;
const post = (path: string, value?: unknown, headers: Sent["headers"] = json): Sent => ({
  method: "POST",
  path,
  headers,
  body: value === undefined ? "" : JSON.stringify(value),
});
const get = (path: string): Sent => ({ path });

const outcomes = `
  ignores nothing nul text large date list told slow raw echo output wrongOutput notFound conflict tooMany
  error word thing undefinedThrown unspeakable halfShaped bigint circular unserialisable iterable promised
  iterableInside inner.name inner.again.deep`
  .trim()
  .split(/\s+/);

/** Requests that ask only for what can be answered with one JSON text. */
export const plainRequests: Record<string, Sent> = {
  ...Object.fromEntries(outcomes.map((path) => [`GET ${path}`, get(path)])),
  ...Object.fromEntries(outcomes.map((path) => [`batch of ${path}`, get(`${path}?batch=1`)])),
  "an input": get(`greet?${input({ name: "Ada" })}`),
  "an input in the transformer's way": get(`greet?${input({ value: { name: "Ada" } })}`),
  "a wrong input": get(`greet?${input({ name: 1 })}`),
  "no input where one is needed": get("greet"),
  "two inputs in one": get(`twice?${input({ a: 1 })}`),
  "an input with every kind of character": get(`echo?${input("a+b &=?#%/\\ ü👋\u0000\ud83d")}`),
  "an input with blanks as plus": get("echo?input=%22a+b%22"),
  "an input that comes twice": get("echo?input=1&input=2"),
  "a null": get("echo?input=null"),
  "an empty input": get("echo?input="),
  "an input without a value": get("echo?input"),
  "a date that cannot be read": get(`echo?${input({ date: "never" })}`),
  "an input that is not JSON": get("echo?input={"),
  "an input that is not JSON, and is not read": get("ignores?input={"),
  "an input that is not JSON, refused in its own shape": get("shaped?input={"),
  "other parameters": get("ignores?x=1&&=2&y&batch=0&batch=1"),
  "a batch": get(`ignores,greet,nothing?batch=1&${input({ 1: { name: "Ada" } })}`),
  "a batch in the transformer's way": get(`greet,echo?batch=1&${input({ 0: { value: { name: "A" } } })}`),
  "a batch of outcomes": get(`ignores,notFound,greet?batch=1&${input({ 2: { name: 1 } })}`),
  "a batch where all fail alike": get("notFound,notFound?batch=1"),
  "a batch with a stream in it": get("ignores,iterable?batch=1"),
  "a batch that is no object": get("greet,echo?batch=1&input=[]"),
  "a batch that is not JSON": get("greet,shaped,ignores,echo?batch=1&input={"),
  "a batch with a prototype": get("echo,echo?batch=1&input=%7B%22__proto__%22:%7B%220%22:1%7D%7D"),
  "a shaped error": get(`shaped?${input({ n: 2 })}`),
  "a shaped error of an input": get(`shaped?${input({ n: "2" })}`),
  "a batch of shaped errors": get(`shaped,shaped?batch=1&${input({ 0: { n: 2 }, 1: {} })}`),
  "a path encoded once": get("inner%2Ename"),
  "a path encoded twice": get("inner%252Ename"),
  "a batch with an encoded comma": get("ignores%2Cnul?batch=1"),
  "a mutation": post("add", { a: 1, b: 2 }),
  "a mutation in the transformer's way": post("add", { value: { a: 1, b: 2 } }),
  "a wrong mutation": post("add", { a: 1 }),
  "a mutation without a body": post("store"),
  "a mutation that refuses": post("refuse", 1),
  "a mutation with a charset": post("store", "ü", { "content-type": "Application/JSON ; charset=utf-8" }),
  "a mutation with a byte order mark": { ...post("store"), body: Buffer.from('\ufeff"a"') },
  "a mutation with bytes that are no text": { ...post("store"), body: Buffer.from([0x22, 0xff, 0x22]) },
  "a mutation that is not JSON": { ...post("store"), body: "{" },
  "a batch of mutations": post("add,store,refuse?batch=1", { 0: { a: 1, b: 2 }, 1: "x" }),
  "a batch of mutations that is not JSON": { ...post("add,store?batch=1"), body: "}" },
  "an input in a mutation's URL": post("store?input=1", 2),
  "an accept header": { ...get("ignores"), headers: { accept: "text/html, application/json" } },
  "a GET with a content type": { ...get("ignores"), headers: json },
  "another host": { ...get("told"), headers: { host: "desk.example:8443" } },
};

/** Requests that are for the official plugin. */
export const otherRequests: Record<string, Sent> = {
  HEAD: { method: "HEAD", path: "ignores" },
  OPTIONS: { method: "OPTIONS", path: "ignores" },
  PUT: { ...post("store", 1), method: "PUT" },
  "no procedure": get("none"),
  "no procedure in a batch": get("ignores,none?batch=1"),
  "a name of every object": get("__proto__"),
  "an empty name in a batch": get("ignores,?batch=1"),
  "a lazy procedure": get(`later.deep?${input("x")}`),
  "a mutation by GET": get("add"),
  "a query by POST": post("echo", 1),
  "queries by POST": post("echo,echo?batch=1", { 1: 2 }),
  "a batch of both": get("ignores,add?batch=1"),
  "a large batch": get("nul,nul,nul,nul,nul?batch=1"),
  "a path that cannot be decoded": get("%25E0%25A4"),
  "an input that cannot be decoded": get("echo?input=%22%E0%A4%22"),
  "a parameter's encoded name": get("echo?%69nput=1"),
  "an encoded batch": get("echo,echo?batch=%31"),
  "a fragment": get("echo?input=1#2"),
  "connection parameters": get("told?connectionParams=%7B%22a%22:%22b%22%7D"),
  "wrong connection parameters": get("told?connectionParams=1"),
  "a whole URL": get("http://other.example/trpc/told"),
  "a host that is none": { ...get("told"), headers: { host: "a b" } },
  "a host with a name": { ...get("told"), headers: { host: "user:word@host" } },
  "no content type": { method: "POST", path: "store", body: "1", headers: {} },
  "another content type": post("store", 1, { "content-type": "text/plain" }),
  "a stream of lines": {
    ...get("ignores,promised,iterable?batch=1"),
    headers: { "trpc-accept": "application/jsonl" },
  },
  "a stream of lines that is accepted": {
    ...get("iterable?batch=1"),
    headers: { accept: "application/jsonl" },
  },
  "a stream of lines that is no batch": { ...get("nul"), headers: { "trpc-accept": "application/jsonl" } },
  "a stream of something else": { ...get("nul"), headers: { "trpc-accept": "text/plain" } },
  "a subscription": get(`ticks?${input({ upTo: 3 })}`),
  "a subscription that fails": get("failingTicks"),
  "subscriptions in a batch": get("ticks,ticks?batch=1"),
  "a form": {
    method: "POST",
    path: "form",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    body: '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
  },
  "a body that is too large": post("store", "x".repeat(20_000)),
};
