import { isRefusal } from "@helpdesk/client";
import { describe, expect, test } from "vitest";
import { aDeskIsOpen, ask, desk, exchanging, newKey, runtime } from "./desk.fixtures.ts";
import { makeKey } from "./secret.ts";

aDeskIsOpen();

describe("wrong keys", () => {
  test("are all answered alike: mistyped, unknown, of no organization, wrong in the secret", async () => {
    const { key } = await newKey({ scopes: [] });
    const other = await newKey({ scopes: [] });
    const { key: theirs } = await newKey({ scopes: [] }, "ingrid");
    expect(await exchanging(key)).toBe("ok");
    const swapped = (at: number) => key.slice(0, at) + (key[at] === "a" ? "b" : "a") + key.slice(at + 1);
    const [organization] = await desk.server.resources.sql<
      { id: string }[]
    >`select id from organizations where slug = 'demo'`;
    const wrong = [
      "x",
      key.slice(0, -1),
      swapped(60),
      key.slice(0, -49) + other.key.slice(-49),
      makeKey(runtime, organization!.id).key,
      makeKey(runtime, crypto.randomUUID()).key,
    ];
    const texts = new Set<string>();
    for (const [i, each] of wrong.entries())
      texts.add((await ask(null, "auth.exchangeKey", { key: each }, `203.0.113.${i + 1}`)).text);
    expect([...texts]).toHaveLength(1);
    expect([...texts][0]).toContain("auth.key_invalid");
    expect(await exchanging(theirs, { organization: "demo" })).toBe("auth.key_invalid");
    expect(await exchanging(theirs, { organization: "northwind" })).toBe("ok");
  });

  test("are throttled by address, while a right one from there still works", async () => {
    const { key } = await newKey({ scopes: [] });
    const from = "198.51.100.7";
    const attempt = async (each: string) =>
      (await ask(null, "auth.exchangeKey", { key: each }, from)).outcome;
    const [organization] = await desk.server.resources.sql<
      { id: string }[]
    >`select id from organizations where slug = 'demo'`;
    const guesses: string[] = [];
    for (let i = 0; i < 11; i++) guesses.push(await attempt(makeKey(runtime, organization!.id).key));
    expect(guesses).toEqual([...Array<string>(10).fill("auth.key_invalid"), "auth.throttled"]);
    expect(await attempt(key)).toBe("ok");
    const garbage: string[] = [];
    for (let i = 0; i < 11; i++)
      garbage.push((await ask(null, "auth.exchangeKey", { key: "x" }, "198.51.100.8")).outcome);
    expect(garbage.at(-1)).toBe("auth.throttled");
  });
});

test("the typed client knows what an exchange can be refused by", async () => {
  const problem = await desk.server
    .client()
    .api.auth.exchangeKey.mutate({ key: "x" })
    .catch((error: unknown) => error);
  expect(isRefusal(problem) && problem.data.refusal.code).toBe("auth.key_invalid");
});
