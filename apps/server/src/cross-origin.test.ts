import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";

test("a page of a named origin may change things by REST and read the headers of answers; one of another may not", async () => {
  await using server = await startServer({ env: { CORS_ORIGINS: "https://desk.example" } });
  const asked = async (origin: string, method: string) => {
    const { headers } = await fetch(`${server.url}/api/v1/tags`, {
      method,
      headers: {
        origin,
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "if-match",
      },
    });
    return (name: string) => headers.get(`access-control-${name}`);
  };
  const preflight = await asked("https://desk.example", "OPTIONS");
  expect(preflight("allow-origin")).toBe("https://desk.example");
  expect(preflight("allow-methods")).toContain("PATCH");
  expect(preflight("allow-headers")).toBe("if-match");
  const answer = await asked("https://desk.example", "GET");
  expect(answer("expose-headers")).toMatch(/\betag\b.*\bretry-after\b/);
  expect((await asked("https://other.example", "OPTIONS"))("allow-origin")).toBeNull();
});
