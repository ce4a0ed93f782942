import { createServer } from "node:net";
import { expect, test } from "vitest";
import { choosePostgres } from "./choose.ts";
import { findEngine } from "./container.ts";
import { serverVersion } from "./databases.ts";
import { startDisposable } from "./embedded.ts";

/** An address where nothing listens: bound once, then let go. */
async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return `127.0.0.1:${port}`;
}

const noEngine = async () => ({ DOCKER_HOST: `tcp://${await closedAddress()}` });

test("a given URL comes first", async () => {
  const server = await startDisposable();
  try {
    const chosen = await choosePostgres({ ...(await noEngine()), TEST_DATABASE_URL: server.url });
    expect(chosen).toMatchObject({ kind: "url", url: server.url });
    expect(chosen.reason).toContain("because TEST_DATABASE_URL is set");
  } finally {
    await server.stop();
  }
});

test("without a URL and an engine it is the embedded one, and the reason names the engine's address", async () => {
  const env = await noEngine();
  const chosen = await choosePostgres(env);
  try {
    expect(chosen.kind).toBe("embedded");
    expect(chosen.reason).toMatch(
      /^embedded PostgreSQL 18\S*, because no Docker engine answers at DOCKER_HOST tcp:/,
    );
    expect(await serverVersion(chosen.url)).toMatch(/^18/);
  } finally {
    await chosen.stop();
  }
});

test("a forced choice fails instead of falling back", async () => {
  await expect(choosePostgres({ ...(await noEngine()), TEST_POSTGRES: "container" })).rejects.toThrow(
    /^TEST_POSTGRES=container cannot be had: no Docker engine answers at DOCKER_HOST/,
  );
  await expect(choosePostgres({ TEST_POSTGRES: "url" })).rejects.toThrow(
    "TEST_POSTGRES=url needs TEST_DATABASE_URL",
  );
  await expect(choosePostgres({ TEST_POSTGRES: "mysql" })).rejects.toThrow(
    "must be url, container or embedded",
  );
});

test("a given URL where nothing answers fails instead of falling back", async () => {
  const url = `postgres://nobody:x@${await closedAddress()}/postgres`;
  await expect(choosePostgres({ TEST_DATABASE_URL: url })).rejects.toThrow(
    "No PostgreSQL answers at TEST_DATABASE_URL (ECONNREFUSED).",
  );
});

test("a forced embedded one is taken even where a URL is given", async () => {
  const chosen = await choosePostgres({
    TEST_POSTGRES: "embedded",
    TEST_DATABASE_URL: "postgres://unused/x",
  });
  await chosen.stop();
  expect(chosen.kind).toBe("embedded");
});

const engine = await findEngine(process.env).then(
  () => true,
  () => false,
);

test.runIf(engine)("an engine without the image, and no way to pull it, gives the embedded one", async () => {
  const image = `${await closedAddress()}/absent:1`;
  const chosen = await choosePostgres({
    ...process.env,
    TEST_POSTGRES: "",
    TEST_DATABASE_URL: "",
    TEST_POSTGRES_IMAGE: image,
  });
  await chosen.stop();
  expect(chosen.kind).toBe("embedded");
  expect(chosen.reason).toContain(`because image ${image} is not here and cannot be pulled`);
});
