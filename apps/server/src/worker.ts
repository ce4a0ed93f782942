import { connect } from "@helpdesk/db";
import Fastify from "fastify";
import { healthRoutes } from "./health/routes.ts";
import { createLog } from "./log.ts";
import { run } from "./process.ts";
import { systemRuntime } from "./runtime.ts";
import { expectFitDatabase } from "./start-checks.ts";
import { startWorker } from "./worker/start.ts";

const POOL_MAX = 2;

/** The worker process: jobs from the queues, and its health over HTTP. */
await run("worker", async (env) => {
  const log = createLog(env, "worker");
  const sql = connect({ url: env.DATABASE_URL, max: POOL_MAX, applicationName: "helpdesk-worker" });
  const health = Fastify({ forceCloseConnections: true });
  try {
    await expectFitDatabase(sql, env);
    const stop = await startWorker({ env, runtime: systemRuntime, log, sql });
    await health.register(healthRoutes, { resources: { sql } });
    await health.listen({ host: env.HOST, port: env.WORKER_PORT });
    log.info({ host: env.HOST, port: env.WORKER_PORT }, "worker ready");
    return async () => {
      await health.close();
      await stop();
      await sql.end({ timeout: 1 });
    };
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
});
