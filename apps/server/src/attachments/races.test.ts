import { plusSeconds } from "@helpdesk/domain";
import { type TestServer, inParallel, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { sweepAttachments } from "./sweep.ts";
import { Sender } from "./upload.fixtures.ts";

let server: TestServer;
let nora: Sender;

beforeAll(async () => {
  server = await startServer();
  nora = await Sender.named(server, "nora");
});

afterAll(() => server[Symbol.asyncDispose]());

/** Runs `meanwhile` while a file is being attached to a ticket's description; the file is attached when it ends. */
async function attaching(id: string, ticketId: string, meanwhile: () => Promise<unknown>): Promise<void> {
  await server.resources.sql.begin(async (tx) => {
    await tx`update attachments set ticket_id = ${ticketId}, attached_at = created_at where id = ${id}`;
    await meanwhile();
  });
}

test("the sweep leaves a file that is being attached, and takes the others without waiting", async () => {
  const { sql, jobs } = server.resources;
  const { api } = await server.as("nora");
  const { id: ticketId } = await api.tickets.open.mutate({ title: "Late", description: "" });
  const [id, other] = [await nora.id("just in time"), await nora.id("forgotten")];
  const runtime = { ...systemRuntime, now: () => plusSeconds(systemRuntime.now(), 25 * 3_600) };
  await attaching(id, ticketId, async () => {
    expect((await sweepAttachments({ sql, runtime, jobs })).uploads).toBe(1);
  });
  expect([await nora.outcomeOf(id), await nora.outcomeOf(other)]).toEqual(["ok", "attachment.not_found"]);
});

test("a file that is attached while it is taken away is taken off its ticket, and history says so", async () => {
  const { api } = await server.as("nora");
  const { api: agent } = await server.as("ben");
  const { id: ticketId } = await api.tickets.open.mutate({ title: "Both", description: "" });
  const id = await nora.id("1");
  let removing: Promise<unknown> | undefined;
  await attaching(id, ticketId, async () => {
    removing = api.attachments.remove.mutate({ attachmentId: id });
    await expect
      .poll(
        () => server.resources.sql`
          select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      .toHaveLength(1);
  });
  await removing;
  const { timeline } = await agent.tickets.get.query({ ticketId });
  expect(timeline.at(-1)).toMatchObject({
    kind: "attachment_removed",
    changes: { attachment: { from: { id } } },
  });
  expect(await nora.outcomeOf(id)).toBe("attachment.not_found");
});

test("of uploads at once no more are taken than may wait", async () => {
  const tom = await Sender.named(server, "tom");
  const answers = await inParallel(30, Array.from({ length: 60 }), () => tom.upload("x"));
  const outcomes = answers.map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === "ok")).toHaveLength(50);
  expect(new Set(outcomes)).toEqual(new Set(["ok", "attachment.too_many"]));
});
