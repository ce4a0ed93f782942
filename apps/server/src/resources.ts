import { connect } from "@helpdesk/db";
import type { Resources } from "./context.ts";
import { FileStore } from "./attachments/file-store.ts";
import { AttachmentLinks } from "./attachments/links.ts";
import { CallLimits } from "./calls/limits.ts";
import { Desks } from "./desks.ts";
import type { Env } from "./env.ts";
import { ExportLinks } from "./exports/links.ts";
import { AccessTokens } from "./identity/access-tokens.ts";
import { PasswordHasher } from "./identity/passwords.ts";
import { Principals } from "./identity/principals.ts";
import { Strangers } from "./identity/strangers.ts";
import { Jobs } from "./jobs.ts";
import { createLog } from "./log.ts";
import { Realtime } from "./realtime/realtime.ts";
import { ReportLinks } from "./reports/links.ts";
import { type Runtime, systemRuntime } from "./runtime.ts";
import { Coaching } from "./sessions/coaching.ts";
import { ScenarioCompiler } from "./scenarios/compiler.ts";
import { expectFitDatabase } from "./start-checks.ts";

/**
 * Everything a process has one of. `close` gives it all back. Nothing is written to a database that is not fit.
 * @throws what `expectFitDatabase` throws.
 */
export async function openResources(
  env: Env,
  name: string,
  runtime: Runtime = systemRuntime,
): Promise<Resources & { close(): Promise<void> }> {
  const log = createLog(env, name);
  const files = await FileStore.open(env);
  const sql = connect({
    url: env.DATABASE_URL,
    max: env.DATABASE_POOL_MAX,
    applicationName: `helpdesk-${name}`,
  });
  const jobs = await expectFitDatabase(sql, env)
    .then(() => Jobs.open(sql, env.DATABASE_URL, (error) => log.error({ err: error }, "jobs")))
    .catch(async (error: unknown) => {
      await sql.end({ timeout: 1 });
      throw error;
    });
  const tokens = new AccessTokens(env.AUTH_SECRET, env.ACCESS_TOKEN_SECONDS);
  const coaching = new Coaching();
  const principals = new Principals({ tokens, sql, runtime });
  const realtime = new Realtime({ env, log, principals });
  return {
    env,
    runtime,
    log,
    sql,
    tokens,
    desks: new Desks({ sql, runtime }),
    principals,
    passwords: new PasswordHasher(runtime),
    strangers: new Strangers(),
    limits: new CallLimits(env),
    jobs,
    files,
    attachmentLinks: new AttachmentLinks(env.AUTH_SECRET),
    reportLinks: new ReportLinks(env.AUTH_SECRET),
    exportLinks: new ExportLinks(env.AUTH_SECRET),
    scenarioCompiler: new ScenarioCompiler(),
    coaching,
    realtime,
    async close() {
      await realtime.close();
      await coaching.close();
      await jobs.close();
      await sql.end({ timeout: 5 });
    },
  };
}
