import { describe, expect, test } from "vitest";
import { Destinations } from "./destination.ts";
import { forbiddenHosts, publicHosts } from "./hosts.fixtures.ts";
import { Networks } from "./networks.ts";
import { webhookSettings } from "./settings.ts";

const problemOf = async (url: string, allowed: string[] = [], addresses: string[] = []) => {
  const found = await new Destinations(allowed, () => Promise.resolve(addresses)).find(url);
  return "problem" in found ? found.problem : null;
};

describe.each(Object.entries(forbiddenHosts))("%s", (_, hosts) => {
  test.each(hosts)("%s is private", async (host) => {
    expect(await problemOf(`https://${host}/`)).toBe("private");
  });
});

test("there are enough of them, each once", () => {
  const all = Object.values(forbiddenHosts).flat();
  expect(all.length).toBeGreaterThan(45);
  expect(new Set(all).size).toBe(all.length);
});

test.each(publicHosts)("%s is public", async (host) => {
  expect(await problemOf(`https://${host}:8443/`)).toBeNull();
});

test("a name is as good as the worst of its addresses", async () => {
  const of = (...addresses: string[]) => problemOf("https://hook.example/", [], addresses);
  expect(await of("9.9.9.9", "2606:4700:4700::1111")).toBeNull();
  expect(await of("9.9.9.9", "10.0.0.1")).toBe("private");
  expect(await of("fe80::1%eth0")).toBe("private");
  expect(await of("no address")).toBe("private");
  expect(await of()).toBe("unresolvable");
});

test("a network that is allowed by hand is reached, and what is beside it is not", async () => {
  const allowed = ["127.0.0.0/8", "fd00:1::/32"];
  expect(await problemOf("https://127.0.0.1/", allowed)).toBeNull();
  expect(await problemOf("https://[fd00:1::5]/", allowed)).toBeNull();
  expect(await problemOf("https://[::ffff:127.0.0.1]/", allowed)).toBe("private");
  expect(await problemOf("https://[fd00:2::5]/", allowed)).toBe("private");
  expect(await problemOf("https://10.0.0.1/", allowed)).toBe("private");
});

test("what is wrong whoever it belongs to is told before anybody is asked for the name", async () => {
  expect(await problemOf("http://9.9.9.9/")).toBe("not_https");
  expect(await problemOf("https://me@9.9.9.9/")).toBe("credentials");
  expect(await problemOf("https://9.9.9.9:22/")).toBe("port");
});

test("the edges of a network are in it, and what is next to them is not", () => {
  const networks = new Networks([]);
  for (const [address, may] of [
    ["100.63.255.255", true],
    ["100.64.0.0", false],
    ["100.127.255.255", false],
    ["100.128.0.0", true],
    ["223.255.255.255", true],
    ["224.0.0.0", false],
    ["2001:1ff:ffff::", false],
    ["2001:200::", true],
    ["3ffe:ffff::", true],
    ["3fff:fff::", false],
  ] as const)
    expect([address, networks.mayReach(address)]).toEqual([address, may]);
});

test("networks that are allowed are CIDR ranges, or the setting is refused", () => {
  const { WEBHOOK_ALLOWED_NETWORKS: setting } = webhookSettings;
  expect(setting.parse(undefined)).toEqual([]);
  expect(setting.parse("127.0.0.0/8, ::1/128")).toEqual(["127.0.0.0/8", "::1/128"]);
  for (const wrong of ["127.0.0.1", "localhost/8", "10.0.0.0/33", "*"])
    expect(setting.safeParse(wrong).success, wrong).toBe(false);
});
