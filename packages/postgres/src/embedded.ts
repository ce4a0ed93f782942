import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Account, serverAccount } from "./account.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import {
  ADMIN,
  initialise,
  type Marker,
  placeOfData,
  readMarker,
  runningServer,
  writeMarker,
} from "./data-folder.ts";
import { asFlags, devSettings, type ServerSettings, testSettings } from "./settings.ts";
import { PostgresUnavailable } from "./unavailable.ts";

export type EmbeddedPostgres = {
  /** Superuser's URL of database `postgres`. */
  url: string;
  dataDir: string;
  /** Ends the server and waits until its process is gone. */
  stop(): Promise<void>;
  /** Settles when the server has ended, for whatever reason. */
  ended: Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  /** Taken exactly when given; otherwise the port of last time if it is free, else any free one. */
  port?: number;
  settings?: ServerSettings;
  onProgress?: (sentence: string) => void;
};

/** The keeper process's one argument, as JSON. */
export type KeeperOrder = {
  program: string;
  args: string[];
  account: Account | undefined;
  dataDir: string;
  /** The data folder goes when the server does. */
  disposable: boolean;
};

const START_TIMEOUT_MS = 60_000;

/** Starts PostgreSQL on 127.0.0.1 with its data under `dataDir`, made if absent. Throws PostgresUnavailable. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { account, binaries, dataDir, marker } = await survey(options.dataDir);
  const { port, onProgress = () => {} } = options;
  if (dataDir !== resolve(options.dataDir))
    onProgress(`Only root may enter ${options.dataDir}: the data is kept in ${dataDir}.`);
  const running = marker && (await runningServer(dataDir));
  if (running) {
    throw new PostgresUnavailable(
      `The data folder ${dataDir} is in use by the PostgreSQL of process ${running.pid} (another start of this project?): stop that first.`,
    );
  }
  if (port !== undefined && !(await isFree(port))) {
    throw new PostgresUnavailable(
      `Port ${port} for PostgreSQL is taken: choose another one or stop what listens there.`,
    );
  }
  const chosen = port ?? (marker && (await isFree(marker.port)) ? marker.port : await freePort());
  if (!marker) onProgress(`Initialising PostgreSQL ${binaries.majorVersion} in ${dataDir}`);
  const current = marker ?? (await initialise(dataDir, chosen, binaries, account));
  if (current.port !== chosen) await writeMarker(dataDir, { ...current, port: chosen });
  return keep(
    { account, binaries, dataDir, marker: { ...current, port: chosen } },
    options.settings ?? devSettings,
    false,
  );
}

/** The URL of the server that runs on this data folder now, if one does. Throws PostgresUnavailable for a broken folder. */
export async function findRunning(wantedDir: string): Promise<string | undefined> {
  const { dataDir, marker } = await survey(wantedDir);
  const running = marker && (await runningServer(dataDir));
  return running && urlOf({ ...marker, port: running.port });
}

/** A server for one run of tests: fast, and gone with its data when stopped or when its starter dies. */
export async function startDisposable(): Promise<EmbeddedPostgres> {
  const { account, binaries, dataDir } = await survey(join(tmpdir(), `helpdesk-postgres-${randomUUID()}`));
  const port = await freePort();
  const marker = await initialise(dataDir, port, binaries, account);
  return keep({ account, binaries, dataDir, marker }, testSettings, true);
}

type Survey = {
  account: Account | undefined;
  binaries: Binaries;
  dataDir: string;
  marker: Marker | undefined;
};

async function survey(wantedDir: string): Promise<Survey> {
  const account = await serverAccount(wantedDir);
  const binaries = await findBinaries(account);
  const dataDir = await placeOfData(wantedDir, account);
  return { account, binaries, dataDir, marker: await readMarker(dataDir, binaries.majorVersion) };
}

async function keep(
  { account, binaries, dataDir, marker }: Survey & { marker: Marker },
  settings: ServerSettings,
  disposable: boolean,
): Promise<EmbeddedPostgres> {
  const args = ["-D", dataDir, "-p", String(marker.port), "-h", "127.0.0.1", "-k", "", ...asFlags(settings)];
  const order: KeeperOrder = { program: binaries.postgres, args, account, dataDir, disposable };
  // Detached: a Ctrl-C in the terminal must reach the server through us, after those who still use it.
  const keeper = spawn(
    process.execPath,
    [fileURLToPath(new URL("keeper.ts", import.meta.url)), JSON.stringify(order)],
    {
      detached: true,
      stdio: ["pipe", "ignore", "pipe"],
    },
  );
  const ended = new Promise<void>((done) => keeper.once("close", () => done()));
  const stop = async () => {
    keeper.stdin?.end();
    await ended;
  };
  keeper.stdin?.on("error", () => {});
  try {
    await ready(keeper);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(marker), dataDir, stop, ended };
}

function ready(keeper: ChildProcess): Promise<void> {
  const { promise, resolve: succeed, reject } = Promise.withResolvers<void>();
  const lines: string[] = [];
  const fail = (why: string) =>
    reject(new PostgresUnavailable(`The embedded PostgreSQL did not start: ${why}`));
  const timer = setTimeout(() => fail(`no answer within ${START_TIMEOUT_MS / 1000} s.`), START_TIMEOUT_MS);
  keeper.stderr?.setEncoding("utf8").on("data", (text: string) => {
    // Read for as long as it lives, or the server would block on a full pipe.
    lines.push(...text.split("\n").filter(Boolean));
    lines.splice(0, lines.length - 20);
    if (text.includes("ready to accept connections")) succeed();
  });
  keeper.once("close", () =>
    fail(lines.findLast((line) => /FATAL|ERROR/.test(line)) ?? lines.at(-1) ?? "it ended at once."),
  );
  return promise.finally(() => clearTimeout(timer));
}

const urlOf = ({ port, password }: Marker): string =>
  `postgres://${ADMIN}:${password}@127.0.0.1:${port}/postgres`;

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" ? address?.port : undefined));
    });
  });
}

const isFree = async (port: number): Promise<boolean> => (await listenOnce(port)) !== undefined;

async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) throw new PostgresUnavailable("No port is free on 127.0.0.1.");
  return port;
}
