import { setTimeout } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Resources } from "../context.ts";
import { registry } from "../metrics.ts";

/** A database that says nothing for so long is not there. */
const READY_WITHIN_MS = 2_000;

/** Live: the process answers. Ready: it can do its work, which needs the database. */
export async function healthRoutes(
  app: FastifyInstance,
  { resources }: { resources: Pick<Resources, "sql"> },
): Promise<void> {
  app.get("/health/live", async () => ({ status: "live" }));

  app.get("/health/ready", async (_request, reply) => {
    const isReady = await Promise.race([
      resources.sql`select 1`.then(
        () => true,
        () => false,
      ),
      setTimeout(READY_WITHIN_MS, false, { ref: false }),
    ]);
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? "ready" : "database unavailable" });
  });

  app.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
