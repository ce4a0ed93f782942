import { existsSync } from "node:fs";
import { request } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import { asFlags, testSettings } from "./settings.ts";
import { PostgresUnavailable } from "./unavailable.ts";

export type PostgresContainer = { url: string; image: string; stop(): Promise<void> };

const PROBE_MS = 1_000;

/** Why no container can be had from here, or undefined when a Docker engine answers. Takes at most a second. */
export async function whyNoEngine(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const given = env["DOCKER_HOST"];
  if (given && !/^(unix|tcp|http):/.test(given)) return undefined; // ssh, npipe, https: Testcontainers will tell
  const endpoints = given
    ? [given]
    : [
        "/var/run/docker.sock",
        join(env["XDG_RUNTIME_DIR"] ?? "/run/user/none", "docker.sock"),
        join(homedir(), ".docker/run/docker.sock"),
        join(homedir(), ".docker/desktop/docker.sock"),
      ]
        .filter((path) => existsSync(path))
        .map((path) => `unix://${path}`);
  for (const endpoint of endpoints) if (await answers(endpoint)) return undefined;
  return given ? `no Docker engine answers at DOCKER_HOST ${given}` : "no Docker engine answers";
}

function answers(endpoint: string): Promise<boolean> {
  const { protocol, pathname, hostname, port } = new URL(endpoint);
  const where = protocol === "unix:" ? { socketPath: pathname } : { host: hostname, port: port || 2375 };
  return new Promise((resolve) => {
    const ping = request({ ...where, path: "/_ping", timeout: PROBE_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on("timeout", () => ping.destroy(new Error("timeout")));
    ping.on("error", () => resolve(false));
    ping.end();
  });
}

/** A throw-away PostgreSQL in a container, ready for SQL. Throws PostgresUnavailable when the image cannot be had in time. */
export async function startContainer(image: string, pullMs: number): Promise<PostgresContainer> {
  const { PostgreSqlContainer } = await import("@testcontainers/postgresql");
  const { getContainerRuntimeClient, ImageName } = await import("testcontainers");
  const runtime = await getContainerRuntimeClient().catch(() => {
    throw new PostgresUnavailable("no Docker engine answers");
  });
  const name = ImageName.fromString(image);
  if (!(await runtime.image.exists(name))) {
    await within(pullMs, runtime.image.pull(name, { force: false, platform: undefined }), image);
  }
  try {
    const container = await new PostgreSqlContainer(image)
      .withUsername("helpdesk")
      .withDatabase("postgres")
      .withCommand(["postgres", ...asFlags(testSettings)])
      .start();
    const { host, port, password } = {
      host: container.getHost(),
      port: container.getPort(),
      password: container.getPassword(),
    };
    return {
      url: `postgres://helpdesk:${password}@${host}:${port}/postgres`,
      image,
      stop: async () => void (await container.stop()),
    };
  } catch (error) {
    throw new PostgresUnavailable(`the container of ${image} did not start (${firstLine(error)})`);
  }
}

async function within(limitMs: number, pull: Promise<void>, image: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not pulled within ${limitMs / 1000} s`)), limitMs);
  });
  try {
    await Promise.race([pull, late]);
  } catch (error) {
    throw new PostgresUnavailable(`image ${image} is not here and cannot be pulled (${firstLine(error)})`);
  } finally {
    clearTimeout(timer);
  }
}

const firstLine = (error: unknown): string => String((error as Error).message ?? error).split("\n")[0] ?? "";
