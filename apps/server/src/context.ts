import type { Reader, Sql, Unit } from "@helpdesk/db";
import { read, transact } from "@helpdesk/db";
import type { Actor, Desk, Instant, UserActor } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { FileStore } from "./attachments/file-store.ts";
import type { AttachmentLinks } from "./attachments/links.ts";
import type { Desks } from "./desks.ts";
import type { Env } from "./env.ts";
import type { AccessTokens } from "./identity/access-tokens.ts";
import type { Principals } from "./identity/principals.ts";
import type { PasswordHasher } from "./identity/passwords.ts";
import type { Strangers } from "./identity/strangers.ts";
import type { Jobs } from "./jobs.ts";
import type { Runtime } from "./runtime.ts";
import type { Coaching } from "./sessions/coaching.ts";
import type { ScenarioCompiler } from "./scenarios/compiler.ts";

/** What the process has one of. Made in `main.ts`, passed by value. */
export interface Resources {
  env: Env;
  runtime: Runtime;
  log: Logger;
  sql: Sql;
  desks: Desks;
  tokens: AccessTokens;
  principals: Principals;
  passwords: PasswordHasher;
  strangers: Strangers;
  jobs: Jobs;
  files: FileStore;
  attachmentLinks: AttachmentLinks;
  scenarioCompiler: ScenarioCompiler;
  coaching: Coaching;
}

/** What is known of a request before anybody is known to have sent it. */
export interface RequestContext {
  resources: Resources;
  accessToken: string | null;
  requestId: string;
  ipAddress: string;
  userAgent: string | null;
  /** Whether an answer may come in pieces: as JSON lines. */
  takesStreams: boolean;
  /** The key of each call of the request in their order; null for a call that has none. */
  idempotencyKeys: readonly (string | null)[];
  /** Aborted when the caller goes away or its deadline passes. */
  signal: AbortSignal | null;
}

/** Who acts, when and by which rules: all that decisions and their records need. The worker acts too. */
export interface Acting {
  actor: Actor;
  /** The instant of the request, or of the job. */
  now: Instant;
  newId(): string;
  /** The rules of the actor's organization, at most a second old. */
  desk: Desk;
  jobs: Jobs;
}

/** What a use case for a signed-in person gets: who, when, and the two ways to the database. */
export interface Context extends Acting {
  actor: UserActor;
  read: Reader;
  transact<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  request: RequestContext;
}

/** What a use case gets before sign-in. The organization is found by name, so both ways take it. */
export interface PublicContext {
  now: Instant;
  newId(): string;
  readIn(organizationId: string): Reader;
  transactIn<T>(organizationId: string, work: (unit: Unit) => Promise<T>): Promise<T>;
  request: RequestContext;
}

export async function signedInContext(request: RequestContext, actor: UserActor): Promise<Context> {
  const { sql, runtime, desks, jobs } = request.resources;
  return {
    jobs,
    actor,
    now: runtime.now(),
    newId: runtime.newId,
    desk: await desks.of(actor.organizationId),
    read: read(sql, actor.organizationId),
    transact: (work) => transact(sql, actor.organizationId, work),
    request,
  };
}

export function publicContext(request: RequestContext): PublicContext {
  const { sql, runtime } = request.resources;
  return {
    now: runtime.now(),
    newId: runtime.newId,
    readIn: (organizationId) => read(sql, organizationId),
    transactIn: (organizationId, work) => transact(sql, organizationId, work),
    request,
  };
}
