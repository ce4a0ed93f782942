export { buildApp } from "./app.ts";
export { type Env, SettingsError, envSchema, readEnv } from "./env.ts";
export { prepareJobs } from "./jobs.ts";
export { type ProcedureManifest, manifest } from "./manifest.ts";
export { openResources } from "./resources.ts";
export { type AppRouter, appRouter } from "./router.ts";
export { type Runtime, systemRuntime } from "./runtime.ts";
export type { Access, ErrorShape, Meta } from "./trpc.ts";
