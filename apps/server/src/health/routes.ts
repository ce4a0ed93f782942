import type { FastifyInstance } from "fastify";
import type { Resources } from "../context.ts";
import { registry } from "../metrics.ts";

/** Live: the process answers. Ready: it can do its work, which needs the database. */
export async function healthRoutes(
  app: FastifyInstance,
  { resources }: { resources: Pick<Resources, "sql"> },
): Promise<void> {
  app.get("/health/live", async () => ({ status: "live" }));

  app.get("/health/ready", async (_request, reply) => {
    const isReady = await resources.sql`select 1`.then(
      () => true,
      () => false,
    );
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? "ready" : "database unavailable" });
  });

  app.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
