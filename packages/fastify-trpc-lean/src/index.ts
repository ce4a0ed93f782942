export { whenCallerGoes } from "./gone.ts";
export { type LeanTRPCPluginOptions, leanTRPCPlugin } from "./plugin.ts";
