import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { request, type RequestOptions } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { asFlags, testSettings } from "./settings.ts";
import { PostgresUnavailable } from "./unavailable.ts";

export type PostgresContainer = { url: string; image: string; stop(): Promise<void> };

/** The container keeper's one argument, as JSON. */
export type ContainerKeeperOrder = { engine: Engine; label: string };

const RUN_LABEL = "helpdesk-pro.run";
const PROBE_MS = 1_000;

/** Where a Docker engine listens, as options of a request; undefined for kinds that only Testcontainers speaks. */
export type Engine = Pick<RequestOptions, "socketPath" | "host" | "port">;

/** The Docker engine that answers from here, in at most a second. Throws PostgresUnavailable when none does. */
export async function findEngine(env: NodeJS.ProcessEnv): Promise<Engine | undefined> {
  const given = env["DOCKER_HOST"];
  if (given && !/^(unix|tcp|http):/.test(given)) return undefined;
  const sockets = [
    "/var/run/docker.sock",
    join(env["XDG_RUNTIME_DIR"] ?? "/run/user/none", "docker.sock"),
    join(homedir(), ".docker/run/docker.sock"),
    join(homedir(), ".docker/desktop/docker.sock"),
  ];
  const engines = given
    ? [engineAt(given)]
    : sockets.filter((path) => existsSync(path)).map((socketPath) => ({ socketPath }));
  for (const engine of engines) if (await answers(engine)) return engine;
  throw new PostgresUnavailable(
    given ? `no Docker engine answers at DOCKER_HOST ${given}` : "no Docker engine answers",
  );
}

function engineAt(endpoint: string): Engine {
  const { protocol, pathname, hostname, port } = new URL(endpoint);
  return protocol === "unix:" ? { socketPath: pathname } : { host: hostname, port: port || 2375 };
}

function answers(engine: Engine): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ ...engine, path: "/_ping", timeout: PROBE_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on("timeout", () => ping.destroy(new Error("timeout")));
    ping.on("error", () => resolve(false));
    ping.end();
  });
}

/** A throw-away PostgreSQL in a container, ready for SQL. Throws PostgresUnavailable when the image cannot be had in time. */
export async function startContainer(
  image: string,
  pullMs: number,
  engine: Engine | undefined,
): Promise<PostgresContainer> {
  const { PostgreSqlContainer } = await import("@testcontainers/postgresql");
  const { getContainerRuntimeClient, ImageName } = await import("testcontainers");
  const runtime = await getContainerRuntimeClient().catch(() => {
    throw new PostgresUnavailable("no Docker engine answers");
  });
  const name = ImageName.fromString(image);
  if (!(await runtime.image.exists(name))) {
    await within(pullMs, runtime.image.pull(name, { force: false, platform: undefined }), image);
  }
  const run = randomUUID();
  const release = keepContainers(run, engine);
  try {
    const container = await new PostgreSqlContainer(image)
      .withUsername("helpdesk")
      .withDatabase("postgres")
      .withLabels({ [RUN_LABEL]: run })
      .withCommand(["postgres", ...asFlags(testSettings)])
      .start();
    const url = `postgres://helpdesk:${container.getPassword()}@${container.getHost()}:${container.getPort()}/postgres`;
    const stop = async () => {
      await container.stop();
      release();
    };
    return { url, image, stop };
  } catch (error) {
    release();
    throw new PostgresUnavailable(`the container of ${image} did not start (${firstLine(error)})`);
  }
}

/** Where Testcontainers' own reaper is switched off, a process of ours removes the run's container if this one dies. */
function keepContainers(run: string, engine: Engine | undefined): () => void {
  if (process.env["TESTCONTAINERS_RYUK_DISABLED"] !== "true" || !engine) return () => {};
  const program = fileURLToPath(new URL("container-keeper.ts", import.meta.url));
  const order: ContainerKeeperOrder = { engine, label: `${RUN_LABEL}=${run}` };
  const keeper = spawn(process.execPath, [program, JSON.stringify(order)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  keeper.stdin.on("error", () => {});
  return () => keeper.stdin.end();
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
