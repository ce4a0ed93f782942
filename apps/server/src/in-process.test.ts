import { inProcess } from "./in-process.ts";
import { describe, expect, test } from "vitest";
import { aDeskIsOpen, desk, newKey } from "./api-keys/desk.fixtures.ts";

aDeskIsOpen();

describe("calls in the process", () => {
  test("callers with one key share what it was traded for, and trade it once when it nears its end", async () => {
    const { key } = await newKey({ scopes: ["user.read"] });
    const { resources } = desk.server;
    let issued = 0;
    const counting = {
      ...resources,
      tokens: Object.create(resources.tokens, {
        issue: {
          value: (...given: Parameters<typeof resources.tokens.issue>) => {
            issued += 1;
            return resources.tokens.issue(...given);
          },
        },
      }) as typeof resources.tokens,
    };
    const calls = (count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, n) =>
          inProcess(counting, { apiKey: key }, { idempotencyKey: `${n}` }).users.list(),
        ),
      );
    await calls(8);
    expect(issued).toBe(1);
    // Near its end all of them want a new one at once.
    desk.laterMs += 3_580_000;
    await calls(8);
    expect(issued).toBe(2);
  });

  test("pass the same checks as those over HTTP, by token or by key, and trade the key anew by themselves", async () => {
    const { key } = await newKey({ scopes: ["user.read", "user.act_for", "ticket.open"] });
    const refusalIn = async (work: Promise<unknown>) =>
      work.then(
        () => "ok",
        (error: { cause?: { refusal?: { code: string } } }) => error.cause?.refusal?.code,
      );
    const resources = desk.server.resources;
    expect(await refusalIn(inProcess(resources, null).users.list())).toBe("auth.required");
    const asNora = inProcess(resources, { accessToken: desk.tokens["nora"]! });
    expect(await refusalIn(asNora.users.list())).toBe("permission.denied");
    const api = inProcess(resources, { apiKey: key });
    expect((await api.users.list()).items.length).toBeGreaterThan(0);
    expect(await refusalIn(api.roles.list())).toBe("permission.denied");
    desk.laterMs += 3_600_000;
    expect((await api.users.list()).items.length).toBeGreaterThan(0);
    const forNora = inProcess(
      resources,
      { apiKey: key, onBehalfOf: await idOfNora() },
      { idempotencyKey: "once" },
    );
    const opened = await forNora.tickets.open({ title: "From within", description: "" });
    expect((await forNora.tickets.open({ title: "From within", description: "" })).id).toBe(opened.id);
    expect(await refusalIn(inProcess(resources, { apiKey: "x" }).auth.me())).toBe("auth.key_invalid");
  });

  const idOfNora = async () => {
    const [row] = await desk.server.resources.sql<
      { id: string }[]
    >`select id from users where email like 'nora@%'`;
    return row!.id;
  };
});
