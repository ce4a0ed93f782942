import { expect, test } from "vitest";
import { problemOfUrl } from "./url.ts";

const parts = { protocol: "https:", username: "", password: "", port: "" };

test("only https without credentials, on 443 or a port from 1024 on", () => {
  expect(problemOfUrl(parts)).toBeNull();
  expect(problemOfUrl({ ...parts, port: "8443" })).toBeNull();
  expect(problemOfUrl({ ...parts, port: "1024" })).toBeNull();
  expect(problemOfUrl({ ...parts, protocol: "http:" })).toBe("not_https");
  expect(problemOfUrl({ ...parts, username: "me" })).toBe("credentials");
  expect(problemOfUrl({ ...parts, password: "x" })).toBe("credentials");
  expect(problemOfUrl({ ...parts, port: "1023" })).toBe("port");
  expect(problemOfUrl({ ...parts, port: "25" })).toBe("port");
});
