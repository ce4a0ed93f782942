import { findEngine, startContainer } from "./container.ts";
import { serverVersion } from "./databases.ts";
import { startDisposable } from "./embedded.ts";
import { PostgresUnavailable } from "./unavailable.ts";

export type ChosenPostgres = {
  kind: "url" | "container" | "embedded";
  /** A URL that may create databases. */
  url: string;
  /** What was taken and why, as one line. */
  reason: string;
  stop(): Promise<void>;
};

const DEFAULT_IMAGE = "postgres:18";
const PULL_MS = 60_000;
const FORCED_PULL_MS = 600_000;

/**
 * The PostgreSQL for a run of tests: TEST_DATABASE_URL, else a container, else the embedded one.
 * TEST_POSTGRES=url|container|embedded forces one and throws PostgresUnavailable rather than fall back.
 */
export async function choosePostgres(env: NodeJS.ProcessEnv): Promise<ChosenPostgres> {
  const forced = env["TEST_POSTGRES"];
  const url = env["TEST_DATABASE_URL"];
  switch (forced) {
    case "url":
      if (!url) throw new PostgresUnavailable("TEST_POSTGRES=url needs TEST_DATABASE_URL.");
      return given(url, "TEST_POSTGRES=url and TEST_DATABASE_URL say so");
    case "container":
      return container(env, FORCED_PULL_MS, "TEST_POSTGRES=container says so").catch((error: unknown) => {
        if (!(error instanceof PostgresUnavailable)) throw error;
        throw new PostgresUnavailable(`TEST_POSTGRES=container cannot be had: ${error.message}.`);
      });
    case "embedded":
      return embedded("TEST_POSTGRES=embedded says so");
    case undefined:
    case "":
      break;
    default:
      throw new PostgresUnavailable(`TEST_POSTGRES is ${forced}, but must be url, container or embedded.`);
  }
  if (url) return given(url, "TEST_DATABASE_URL is set");
  try {
    return await container(env, PULL_MS, "a Docker engine answers");
  } catch (error) {
    if (error instanceof PostgresUnavailable) return embedded(error.message);
    throw error;
  }
}

async function given(url: string, why: string): Promise<ChosenPostgres> {
  const version = await serverVersion(url).catch((error: NodeJS.ErrnoException) => {
    throw new PostgresUnavailable(
      `No PostgreSQL answers at TEST_DATABASE_URL (${error.code ?? error.message}).`,
    );
  });
  return {
    kind: "url",
    url,
    reason: `PostgreSQL ${version} of TEST_DATABASE_URL, because ${why}`,
    stop: async () => {},
  };
}

async function container(env: NodeJS.ProcessEnv, pullMs: number, why: string): Promise<ChosenPostgres> {
  const engine = await findEngine(env);
  const image = env["TEST_POSTGRES_IMAGE"] || DEFAULT_IMAGE;
  const { url, stop } = await startContainer(image, pullMs, engine);
  const version = await serverVersion(url);
  return {
    kind: "container",
    url,
    reason: `PostgreSQL ${version} in a container of ${image}, because ${why}`,
    stop,
  };
}

async function embedded(why: string): Promise<ChosenPostgres> {
  const { url, stop } = await startDisposable();
  return {
    kind: "embedded",
    url,
    reason: `embedded PostgreSQL ${await serverVersion(url)}, because ${why}`,
    stop,
  };
}
