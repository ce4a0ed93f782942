import { expect, test } from "vitest";
import { WorkerProcess } from "../worker/process.fixtures.ts";
import { MailInDesk, plainMail } from "./mail-in.fixtures.ts";

const MAILS = 24;
const KILLS = 3;

test("a worker that is killed in the middle leaves each mail with one effect, and no mail without", async () => {
  await using desk = await MailInDesk.open();
  const ticket = await desk.ticket("nora");
  const { email } = await desk.person("nora");
  for (let i = 0; i < MAILS; i++) {
    const isReply = i % 2 === 0;
    const mail = plainMail(
      { From: isReply ? email : `k${i}@mail.example`, Subject: `Killed ${i}` },
      `Mail ${i}.`,
    );
    expect(await desk.send({ to: isReply ? ticket.address : desk.support() }, mail)).toMatch(/^250/);
  }
  const { env } = desk.server.resources;
  const undone = async () => (await desk.rows()).filter(({ state }) => state === "received");
  /** Those that a worker is at, by its claim. */
  const claimed = () => desk.sql`
    select id from inbound_mails where state = 'received' and due_at > received_at + interval '1 minute'`;
  let inFlight = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    await using worker = new WorkerProcess(env);
    const before = (await undone()).length;
    const isMidway = async () => (await undone()).length <= before - 2 && (await claimed()).length > 0;
    await expect.poll(isMidway, { interval: 2 }).toBe(true);
    await worker.kill();
    inFlight += (await claimed()).length;
    // As if the time had passed for which they were the dead worker's.
    await desk.sql`update inbound_mails set due_at = received_at where state = 'received'`;
  }
  expect(inFlight).toBeGreaterThan(0);
  await desk.take();
  expect(await undone()).toEqual([]);
  const bodies = (await desk.comments(ticket.id)).map(({ body }) => body);
  const titles = await desk.sql<{ title: string }[]>`select title from tickets where title like 'Killed %'`;
  const numbers = (isReply: boolean) =>
    Array.from({ length: MAILS }, (_, i) => i).filter((i) => (i % 2 === 0) === isReply);
  expect(bodies.toSorted()).toEqual(
    numbers(true)
      .map((i) => `Mail ${i}.`)
      .toSorted(),
  );
  expect(titles.map(({ title }) => title).toSorted()).toEqual(
    numbers(false)
      .map((i) => `Killed ${i}`)
      .toSorted(),
  );
});
