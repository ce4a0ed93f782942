import { rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HelpdeskClient, createHelpdeskClient } from "@helpdesk/client";
import { demoAccounts } from "@helpdesk/db";
import {
  type AppOptions,
  type Runtime,
  buildApp,
  openResources,
  readEnv,
  systemRuntime,
} from "@helpdesk/server";
import { type TestDatabase, createTestDatabase } from "./database.ts";

export { type Answer, type Call, accessTokenOf, call, inParallel } from "./call.ts";

export interface TestServer extends AsyncDisposable {
  url: string;
  database: TestDatabase;
  /** What the server runs on, for tests that look behind HTTP. */
  resources: Awaited<ReturnType<typeof openResources>>;
  /** A client signed in as a demo account, by the part of its e-mail address before the `@`. Asked for again, the same one. */
  as(name: string): Promise<HelpdeskClient>;
  /** A client that nobody has signed in with. */
  client(): HelpdeskClient;
}

/** Tests call more often than anybody may, but for those of the limits, and on machines that are busy with others. */
export const withoutLimits = {
  LIMIT_READS_PER_MINUTE: "0",
  LIMIT_WRITES_PER_MINUTE: "0",
  LIMIT_COSTLY_PER_MINUTE: "0",
  LIMIT_PUBLIC_PER_MINUTE: "0",
  LIMIT_EVENT_LOOP_DELAY_MS: "30000",
};

export interface ServerOptions {
  runtime?: Runtime;
  env?: Record<string, string>;
  /** How the application is built. */
  app?: AppOptions;
}

/** The real API over HTTP on a loopback port, with a seeded database of its own. */
export async function startServer({
  runtime = systemRuntime,
  env = {},
  app: options = {},
}: ServerOptions = {}): Promise<TestServer> {
  const database = await createTestDatabase({ template: "seeded" });
  const storageDir = join(tmpdir(), database.name);
  const settings = {
    STORAGE_DIR: storageDir,
    DATABASE_URL: database.url,
    LOG_LEVEL: "error",
    NODE_ENV: "test",
    ...withoutLimits,
    ...env,
  };
  const resources = await openResources(readEnv(settings), "test", runtime);
  const app = await buildApp(resources, options);
  await app.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const client = () => createHelpdeskClient({ url });
  const signedIn = new Map<string, Promise<HelpdeskClient>>();

  return {
    url,
    database,
    resources,
    client,
    as(name) {
      let known = signedIn.get(name);
      if (!known) signedIn.set(name, (known = signIn(client(), name)));
      return known;
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await resources.close();
      await database[Symbol.asyncDispose]();
      await rm(storageDir, { recursive: true, force: true });
    },
  };
}

async function signIn(client: HelpdeskClient, name: string): Promise<HelpdeskClient> {
  const account = demoAccounts.find(({ email }) => email.startsWith(`${name}@`));
  if (!account) throw new Error(`No demo account ${name}.`);
  await client.signIn({
    organization: account.organization,
    email: account.email,
    password: account.password,
  });
  return client;
}
