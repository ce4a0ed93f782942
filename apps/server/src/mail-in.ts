import { connect } from "@helpdesk/db";
import { FileStore } from "./attachments/file-store.ts";
import { listeningProblem } from "./listening.ts";
import { createLog } from "./log.ts";
import { MailListener } from "./mail-in/listener.ts";
import { MailAddresses } from "./mail/addresses.ts";
import { StartError, run } from "./process.ts";
import { systemRuntime } from "./runtime.ts";
import { expectFitDatabase } from "./start-checks.ts";

const POOL_MAX = 4;

/** The process that takes mail in, by SMTP or LMTP. What becomes of it is the worker's. */
await run("mail-in", async (env, parts) => {
  if (!new MailAddresses(env).isReachable)
    throw new StartError("MAIL_DOMAIN must be set in production: mail comes to addresses below it.");
  const log = createLog(env, "mail-in");
  const sql = connect({ url: env.DATABASE_URL, max: POOL_MAX, applicationName: "helpdesk-mail-in" });
  parts.defer(() => sql.end({ timeout: 1 }));
  await expectFitDatabase(sql, env);
  const files = await FileStore.open(env);
  const { MAIL_IN_HOST: host, MAIL_IN_PORT: port } = env;
  const listener = await MailListener.open(
    { env, runtime: systemRuntime, log, sql, files },
    { host, port },
  ).catch((error: unknown) => {
    throw new StartError(listeningProblem(error, { host, port, setting: "MAIL_IN_PORT" }), { cause: error });
  });
  parts.defer(() => listener.close());
  log.info({ host, port: listener.port, protocol: env.MAIL_IN_PROTOCOL }, "mail in ready");
});
