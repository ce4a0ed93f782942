import { sweeps } from "@helpdesk/db";
import { plusSeconds } from "@helpdesk/domain";
import { startServer } from "@helpdesk/testing/server";
import { expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { sweepExpired } from "./sweep-expired.ts";

const DAY_SECONDS = 86_400;

test("what ended long ago goes with all that hangs on it, what is live or ended lately stays", async () => {
  await using server = await startServer();
  const { sql } = server.resources;
  const { api } = await server.as("ben");
  // What was played is as old as its story.
  const played = await sql`update notifications set created_at = ${systemRuntime.now()} returning id`;
  const input = { organization: "demo", email: "ben@lumen.example", password: "wrong" };
  await server
    .client()
    .api.auth.signIn.mutate(input)
    .catch(() => {});
  const at = (days: number) => ({
    sql,
    runtime: { ...systemRuntime, now: () => plusSeconds(systemRuntime.now(), days * DAY_SECONDS) },
  });
  const nothing = Object.fromEntries(Object.keys(sweeps).map((name) => [name, 0]));
  expect(await sweepExpired(at(0))).toEqual(nothing);
  expect((await api.auth.me.query()).email).toBe("ben@lumen.example");
  expect(await sweepExpired(at(1))).toEqual({ ...nothing, signInAttempts: 2 });
  expect(await sweepExpired(at(59))).toEqual(nothing);
  expect(await sweepExpired(at(61))).toEqual({ ...nothing, authSessions: 1 });
  expect(await sql`select 1 from refresh_tokens`).toHaveLength(0);
  expect(await sweepExpired(at(179))).toMatchObject({ notifications: 0 });
  expect(played.length).toBeGreaterThan(0);
  expect(await sweepExpired(at(181))).toMatchObject({ notifications: played.length });
});
