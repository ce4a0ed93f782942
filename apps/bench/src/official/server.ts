import { buildApp, openResources, readEnv } from "@helpdesk/server";

// The API with tRPC's own Fastify adapter in place of ours, and nothing else changed.
const env = readEnv(process.env);
const resources = await openResources(env, "api");
const app = await buildApp(resources, { adapter: "official" });
await app.listen({ port: env.PORT, host: env.HOST });
process.once("SIGTERM", () => void app.close().then(() => process.exit()));
