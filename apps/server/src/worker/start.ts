import type { Sql } from "@helpdesk/db";
import { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import { FileStore } from "../attachments/file-store.ts";
import { rescan } from "../attachments/rescan.ts";
import { scan } from "../attachments/scan.ts";
import { clamd } from "../attachments/scanner.ts";
import { removeFiles, sweepAttachments } from "../attachments/sweep.ts";
import { Desks } from "../desks.ts";
import type { Env } from "../env.ts";
import { keepExporting } from "../exports/keep-exporting.ts";
import { keepImporting } from "../imports/keep-importing.ts";
import { keepErasing } from "../erasure/advance.ts";
import { keepRetaining } from "../retention/retain.ts";
import { answerPasswordReset } from "../identity/answer-password-reset.ts";
import { type JobData, type JobKind, Jobs, prepareJobs } from "../jobs.ts";
import { keepTaking } from "../mail-in/keep-taking.ts";
import { type Mailer, openMailer } from "../mail/mailer.ts";
import { keepMailing } from "../mail/send-due.ts";
import { sendLink } from "../mail/send-link.ts";
import { sendRatingLink } from "../mail/send-rating-link.ts";
import type { Runtime } from "../runtime.ts";
import { giveUpIdle } from "../sessions/give-up-idle.ts";
import { recount } from "../sla/recount.ts";
import { watch } from "../sla/watch.ts";
import { closeResolved } from "../tickets/close-resolved.ts";
import { keepTending } from "../tickets/tend-queues.ts";
import { keepFolding } from "../views/fold.ts";
import { Destinations } from "../webhooks/destination.ts";
import { keepDelivering } from "../webhooks/keep-delivering.ts";
import { SecretSeal } from "../webhooks/secret.ts";
import { sweepExpired } from "./sweep-expired.ts";

export interface WorkerResources {
  env: Env;
  runtime: Runtime;
  log: Logger;
  sql: Sql;
}

/** A notification wakes a worker for one batch only, and a retry sends none: so it looks every second as well. */
const taking = {
  batchSize: 10,
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 1,
  perJobResults: true,
} as const;

const AT_NIGHT = "17 3 * * *";
const OFTEN = "*/10 * * * *";
const STOP_WITHIN_MS = 8_000;

/**
 * Takes jobs from the queues and does them until the function it returns is called.
 * Without SMTP_URL mails are not taken at all: they wait in their queue, two weeks at most, for a worker that has one.
 */
export async function startWorker({ env, runtime, log, sql }: WorkerResources): Promise<() => Promise<void>> {
  await prepareJobs(env.DATABASE_URL);
  const boss = new PgBoss({
    connectionString: env.DATABASE_URL,
    application_name: "helpdesk-jobs",
    max: 3,
    useListenNotify: true,
  });
  boss.on("error", (error) => log.error({ err: error }, "jobs"));
  boss.on("warning", ({ message }) => log.warn({ problem: message }, "jobs"));
  await boss.start();
  const jobs = new Jobs(boss);

  const work = <Kind extends JobKind>(kind: Kind, handle: (data: JobData[Kind]) => Promise<unknown>) =>
    boss.work<JobData[Kind], unknown, typeof taking>(kind, taking, (batch) =>
      Promise.all(
        batch.map(async ({ id, data }) => {
          try {
            const result = await handle(data);
            log.info({ kind, jobId: id, result }, "job done");
            return { id, status: "completed" as const };
          } catch (error) {
            log.error({ err: error, kind, jobId: id }, "job failed");
            return {
              id,
              status: "failed" as const,
              output: { message: error instanceof Error ? error.message : "" },
            };
          }
        }),
      ),
    );

  const scanner = env.CLAMD_ADDRESS === undefined ? null : clamd(env.CLAMD_ADDRESS);
  await boss.schedule("housekeeping", AT_NIGHT);
  await work("housekeeping", async () => ({
    ...(await sweepExpired({ sql, runtime })),
    ...(await sweepAttachments({ sql, runtime, jobs })),
    ...(scanner && (await rescan({ sql, runtime, jobs }))),
  }));

  const files = await FileStore.open(env);
  await work("remove_files", ({ storageKeys }) => removeFiles(files, storageKeys));
  if (scanner === null) {
    log.info(
      "CLAMD_ADDRESS is not set: new files are not scanned, and those that wait for a scanner go on waiting.",
    );
  } else {
    await work("scan_attachment", (data) => scan({ sql, runtime, jobs, files, scanner }, data));
  }

  const desks = new Desks({ sql, runtime });
  await boss.schedule("close_resolved", OFTEN);
  await work("close_resolved", () => closeResolved({ sql, runtime, desks, jobs }));

  await boss.schedule("give_up_idle_sessions", OFTEN);
  await work("give_up_idle_sessions", () => giveUpIdle({ sql, runtime, desks, jobs, log, env }));

  await work("recount_clocks", (data) => recount({ sql, runtime, desks, jobs }, data));
  const stopFolding = keepFolding({ sql, log });
  const stopWatching = watch({ sql, runtime, desks, jobs, log });
  const stopTending = keepTending({ sql, runtime, desks, jobs, log });
  const stopTaking = keepTaking({ sql, runtime, desks, jobs, log, env, files });
  const stopRetaining = keepRetaining({ sql, runtime, log, files });
  const stopErasing = keepErasing({ sql, runtime, log, files });
  const stopImporting = keepImporting({ sql, runtime, desks, log, env, files });
  const stopExporting = keepExporting({ sql, runtime, log, env, files });
  const stopDelivering = keepDelivering({
    sql,
    runtime,
    desks,
    log,
    seal: new SecretSeal(env.AUTH_SECRET),
    destinations: new Destinations(env.WEBHOOK_ALLOWED_NETWORKS),
  });

  let mailer: Mailer | undefined;
  let stopMailing = async () => {};
  if (env.SMTP_URL === undefined) {
    log.warn("SMTP_URL is not set: mails wait in their queue until a worker has it.");
  } else {
    const open = (mailer = openMailer({ url: env.SMTP_URL, from: env.MAIL_FROM }));
    await work("password_reset_request", (data) => answerPasswordReset({ sql, runtime, jobs }, data));
    await work("rating_mail", (data) => sendRatingLink({ sql, runtime, env, mailer: open }, data));
    await work("link_mail", (data) => sendLink({ sql, runtime, env, mailer: open }, data));
    stopMailing = keepMailing({ sql, runtime, env, log, mailer: open });
  }

  return async () => {
    await Promise.all([
      stopWatching(),
      stopFolding(),
      stopTending(),
      stopTaking(),
      stopExporting(),
      stopImporting(),
      stopDelivering(),
      stopErasing(),
      stopRetaining(),
      stopMailing(),
      boss.stop({ graceful: true, timeout: STOP_WITHIN_MS }),
    ]);
    mailer?.close();
  };
}
