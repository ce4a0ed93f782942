import { connect } from "@helpdesk/db";
import Fastify from "fastify";
import { healthRoutes } from "./health/routes.ts";
import { listen } from "./listening.ts";
import { createLog } from "./log.ts";
import { run } from "./process.ts";
import { systemRuntime } from "./runtime.ts";
import { expectFitDatabase } from "./start-checks.ts";
import { startWorker } from "./worker/start.ts";

const POOL_MAX = 2;

/** The worker process: jobs from the queues, and its health over HTTP. */
await run("worker", async (env, parts) => {
  const log = createLog(env, "worker");
  const sql = connect({ url: env.DATABASE_URL, max: POOL_MAX, applicationName: "helpdesk-worker" });
  parts.defer(() => sql.end({ timeout: 1 }));
  await expectFitDatabase(sql, env);
  parts.defer(await startWorker({ env, runtime: systemRuntime, log, sql }));
  const health = Fastify({ forceCloseConnections: true });
  parts.defer(() => health.close());
  await health.register(healthRoutes, { resources: { sql } });
  await listen(health, { host: env.HOST, port: env.WORKER_PORT, setting: "WORKER_PORT" });
  log.info({ host: env.HOST, port: env.WORKER_PORT }, "worker ready");
});
