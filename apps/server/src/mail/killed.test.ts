import { setTimeout as wait } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { WorkerProcess } from "../worker/process.fixtures.ts";
import { MailDesk } from "./mail-desk.fixtures.ts";
import { MAIL_CONNECTIONS } from "./mailer.ts";

const names = ["tom", "nora", "amira", "lucas"];
const EACH = 12;

test("a worker killed in the midst of it leaves every mail to the other, and doubles at most those under way, under the same Message-ID", async () => {
  await using desk = await MailDesk.open();
  const { sql, env } = desk.server.resources;
  desk.sink.thinksMs = 30;
  const ids: string[] = [];
  const settings = { SMTP_URL: desk.sink.url, MAIL_DELAY_SECONDS: "0" };
  await using first = new WorkerProcess(env, settings);
  await using second = new WorkerProcess(env, settings);
  for (let i = 0; i < EACH; i++)
    for (const name of names) ids.push(await desk.tell(name, { kind: "mention" }));
  await vi.waitUntil(() => desk.sink.inbox.length >= 6, { interval: 5 });
  await first.kill();
  expect(desk.sink.inbox.length).toBeLessThan(EACH * names.length);
  const left = async () => (await desk.rows()).filter(({ state }) => state === "due");
  await vi.waitUntil(
    async () => {
      const before = desk.sink.inbox.length;
      await wait(1_500);
      // Nobody sends any more: what is left was claimed by the one that is dead, and its claims end.
      if (desk.sink.inbox.length === before)
        await sql`update notifications set mail_due_at = now() where mail_state = 'due'`;
      return (await left()).length === 0;
    },
    { interval: 100 },
  );
  await second.kill();
  // Workers also tell breaches of what was played.
  const arrived = desk.sink.inbox.flatMap(({ mail }) => ids.filter((id) => mail.messageId!.includes(id)));
  expect(new Set(arrived).size).toBe(ids.length);
  expect(arrived.length - ids.length).toBeLessThanOrEqual(MAIL_CONNECTIONS);
});
