// First, so that all schemas made after it are compiled at their first use.
import "zod/compile";
import { buildApp } from "./app.ts";
import { listen } from "./listening.ts";
import { run } from "./process.ts";
import { openResources } from "./resources.ts";

/** The API process. */
await run("api", async (env, parts) => {
  const resources = await openResources(env, "api");
  parts.defer(() => resources.close());
  const app = await buildApp(resources);
  parts.defer(() => app.close());
  await listen(app, { host: env.HOST, port: env.PORT, setting: "PORT" });
  resources.log.info({ host: env.HOST, port: env.PORT }, "API ready");
});
