export { type EnvCredentials, credentialsFromEnv } from "./credentials.ts";
export { type NodeClientOptions, type NodeHelpdeskClient, createNodeClient } from "./node-client.ts";
