import { run } from "./process.ts";
import { openResources } from "./resources.ts";
import { buildApp } from "./app.ts";
import { expectFitDatabase } from "./start-checks.ts";

/** The API process. */
await run("api", async (env) => {
  const resources = await openResources(env, "api");
  try {
    await expectFitDatabase(resources.sql, env);
    const app = await buildApp(resources);
    await app.listen({ host: env.HOST, port: env.PORT });
    resources.log.info({ host: env.HOST, port: env.PORT }, "API ready");
    return async () => {
      await app.close();
      await resources.close();
    };
  } catch (error) {
    await resources.close();
    throw error;
  }
});
