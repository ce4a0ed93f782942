import { join } from "node:path";
import { migrate, seed } from "@helpdesk/db";
import { localUrl, prepareJobs, readEnv } from "@helpdesk/server";
import { openDatabase, reaching } from "../database.ts";
import { Failure } from "../failure.ts";
import { DATA, ROOT } from "../project.ts";
import { printAddresses } from "./addresses.ts";
import { startChild } from "./child.ts";
import { startMailSink } from "./mail-sink.ts";
import { claimPort, freePort } from "./ports.ts";
import { step, withLines } from "./progress.ts";
import { watchSources } from "./sources.ts";
import { stopRequest } from "./stop-request.ts";

/** Database, migrations, demo data, mail sink, API, worker and the listener for mail, until somebody asks to stop. */
export async function dev(): Promise<void> {
  const stop = stopRequest();
  await using parts = new AsyncDisposableStack();

  // Checked before anything starts; the database's own URL comes later when there is none yet.
  const settings = readEnv({ DATABASE_URL: "postgres://embedded/helpdesk", ...given(process.env) });
  const port = await claimPort("PORT", settings.PORT, settings.HOST);
  const workerPort = await claimPort("WORKER_PORT", settings.WORKER_PORT, settings.HOST);

  const apiUrl = localUrl(settings.HOST, port);
  const workerUrl = localUrl(settings.HOST, workerPort);

  const start = async () => {
    const database = await step("PostgreSQL", openDatabase);
    parts.defer(() => database.stop());
    await step("Migrations", (say) =>
      reaching(database.url, async () => {
        await migrate(database.url, { onProgress: (name) => say(`applied ${name}`) });
        await prepareJobs(database.url);
      }),
    );
    await step("Demo data", () => seed(database.url, { now: new Date().toISOString(), isTrained: true }));

    const mail = settings.SMTP_URL ? undefined : await startMailSink(join(DATA, "mail"));
    if (mail) parts.defer(() => mail.stop());

    const env = {
      ...process.env,
      DATABASE_URL: database.url,
      PORT: String(port),
      WORKER_PORT: String(workerPort),
      SMTP_URL: settings.SMTP_URL ?? mail?.url,
      MAIL_IN_PORT: String(await freePort(settings.MAIL_IN_PORT)),
    };
    const api = startChild("api", join(ROOT, "apps/server/src/main.ts"), env);
    parts.defer(() => api.stop());
    await withLines("API", () => api.ready(`${apiUrl}/health/ready`));
    const worker = startChild("worker", join(ROOT, "apps/server/src/worker.ts"), env);
    parts.defer(() => worker.stop());
    await withLines("Worker", () => worker.ready(`${workerUrl}/health/ready`));

    const mailIn = startChild("mail-in", join(ROOT, "apps/server/src/mail-in.ts"), env);
    parts.defer(() => mailIn.stop());
    const mailInUrl = `smtp://${settings.MAIL_IN_HOST}:${env.MAIL_IN_PORT}`;
    await withLines("Mail in", () => mailIn.ready(mailInUrl));

    const closeWatch = await watchSources((file) => {
      console.log(`${file} changed: API, worker and mail start anew.`);
      api.restart();
      worker.restart();
      mailIn.restart();
    });
    parts.defer(closeWatch);
    printAddresses({
      api: apiUrl,
      worker: workerUrl,
      database: database.url,
      mail: mail?.folder,
      mailIn: mailInUrl,
    });
    const lostDatabase = database.ended.then(() => "PostgreSQL ended by itself: start again.");
    return { lost: Promise.race([lostDatabase, api.lost, worker.lost, mailIn.lost]) };
  };

  const started = await Promise.race([start(), stop]);
  if (started === "stop") {
    await parts.disposeAsync();
    // Whatever was still being started ends with this process.
    process.exit(0);
  }
  const end = await Promise.race([started.lost, stop]);
  if (end !== "stop") throw new Failure(end);
  console.log("\nStopping …");
  await parts.disposeAsync();
  console.log("Stopped.");
}

const given = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
