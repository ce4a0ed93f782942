import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { openBench } from "./delivering.fixtures.ts";
import { AT_ONCE_OF_ONE, keepDelivering } from "./keep-delivering.ts";
import { manners } from "./receiver.fixtures.ts";

test("an organization whose receivers all hang leaves the others places", async () => {
  await using bench = await openBench();
  const { receiver } = bench;
  const [hooks, tickets] = [7, 10];
  for (let n = 0; n < hooks; n++)
    await bench.makeWebhook({ url: receiver.url("/hangs"), eventKinds: ["ticket_opened"] });
  for (let n = 0; n < tickets; n++) await bench.openTicket(`Ticket ${n}`);
  let hanging = 0;
  let most = 0;
  receiver.manner = (response, { path }) => {
    if (path !== "/hangs") return manners.takes(response, receiver.received.at(-1)!);
    most = Math.max(most, ++hanging);
    response.on("close", () => hanging--);
  };
  const stop = keepDelivering(bench.delivering);
  try {
    while (hanging < AT_ONCE_OF_ONE) await wait(20);
    await bench.makeWebhook({ url: receiver.url("/well"), eventKinds: ["ticket_opened"] }, "ingrid");
    await bench.openTicket("Of others", "ingrid");
    while (receiver.told("/well").length === 0) await wait(20);
  } finally {
    receiver.manner = manners.takes;
    await stop();
  }
  // There was more to send to them, and places enough for it.
  expect(hooks * tickets).toBeGreaterThan(2 * AT_ONCE_OF_ONE);
  expect(most).toBe(AT_ONCE_OF_ONE);
});
