import type { Cancellation, Reader, Sql, Unit } from "@helpdesk/db";
import { read, transact } from "@helpdesk/db";
import type { Actor, Desk, Instant, Source, UserActor } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { FileStore } from "./attachments/file-store.ts";
import type { AttachmentLinks } from "./attachments/links.ts";
import type { CallLimits, LimitState } from "./calls/limits.ts";
import type { Desks } from "./desks.ts";
import type { Env } from "./env.ts";
import type { ExportLinks } from "./exports/links.ts";
import type { AccessTokens } from "./identity/access-tokens.ts";
import type { Principals } from "./identity/principals.ts";
import type { PasswordHasher } from "./identity/passwords.ts";
import type { Strangers } from "./identity/strangers.ts";
import type { Jobs } from "./jobs.ts";
import type { Realtime } from "./realtime/realtime.ts";
import type { ReportLinks } from "./reports/links.ts";
import type { Runtime } from "./runtime.ts";
import type { Coaching } from "./sessions/coaching.ts";
import type { ScenarioCompiler } from "./scenarios/compiler.ts";
import type { Access } from "./trpc.ts";

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
  limits: CallLimits;
  jobs: Jobs;
  files: FileStore;
  attachmentLinks: AttachmentLinks;
  reportLinks: ReportLinks;
  exportLinks: ExportLinks;
  scenarioCompiler: ScenarioCompiler;
  coaching: Coaching;
  realtime: Realtime;
}

/** What is known of a request before anybody is known to have sent it. */
export interface RequestContext {
  resources: Resources;
  accessToken: string | null;
  /** Opens a stream, once, where no token can be sent. */
  streamTicket?: string | null;
  requestId: string;
  ipAddress: string;
  /** Whether this process calls itself: then it is no stranger. */
  isOwn?: boolean;
  /** Whether it came by `/api/v1`. */
  isRest?: boolean;
  userAgent: string | null;
  /** Whether an answer may come in pieces: as JSON lines. */
  takesStreams: boolean;
  /** The key of each call of the request in their order; null for a call that has none. */
  idempotencyKeys: readonly (string | null)[];
  /** How long the caller waits; null where it does not say. */
  timeoutMs: number | null;
  /** Aborted when the caller goes away. */
  signal: AbortSignal | null;
  /** Written while the calls of the request run. */
  notes: CallNotes;
}

/** What an answer says beside its body. */
export interface CallNotes {
  /** Which calls of the request had been answered before, by their place. */
  replayed: boolean[];
  /** What is left to the caller after the last call; null where there is no limit. */
  limit: LimitState | null;
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
  /** By which way comments come; left out, by the web. */
  source?: Source;
}

/** Somebody who acts. */
export interface ActingUser extends Acting {
  actor: UserActor;
}

/** What a use case for a signed-in person gets: who, when, and the two ways to the database. */
export interface Context extends Acting {
  actor: UserActor;
  read: Reader;
  transact<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /** For what stays even where the call is refused after it: counted attempts. Not while `transact` works. */
  transactApart<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /** What whoever calls this has to be: one of these. */
  access: Access;
  /** Null where nobody can stop waiting. */
  cancellation: Cancellation | null;
  request: RequestContext;
}

/** What a use case gets before sign-in. The organization is found by name, so both ways take it. */
export interface PublicContext {
  now: Instant;
  newId(): string;
  readIn(organizationId: string): Reader;
  transactIn<T>(organizationId: string, work: (unit: Unit) => Promise<T>): Promise<T>;
  request: RequestContext;
  /** Where the call stands in its request, and in what that says of its calls. */
  batchIndex: number;
}

export async function signedInContext(
  request: RequestContext,
  actor: UserActor,
  cancellation: Cancellation | null = null,
  access: Access = "signed_in",
): Promise<Context> {
  const { sql, runtime, desks, jobs } = request.resources;
  const inTransaction: Context["transact"] = (work) =>
    transact(sql, actor.organizationId, work, cancellation);
  return {
    jobs,
    actor,
    source: actor.via !== null || request.isRest ? "api" : "web",
    now: runtime.now(),
    newId: runtime.newId,
    desk: await desks.of(actor.organizationId),
    read: read(sql, actor.organizationId, cancellation),
    transact: inTransaction,
    transactApart: inTransaction,
    access,
    cancellation,
    request,
  };
}

export function publicContext(
  request: RequestContext,
  batchIndex: number,
  cancellation: Cancellation | null = null,
): PublicContext {
  const { sql, runtime } = request.resources;
  return {
    now: runtime.now(),
    newId: runtime.newId,
    readIn: (organizationId) => read(sql, organizationId, cancellation),
    transactIn: (organizationId, work) => transact(sql, organizationId, work, cancellation),
    request,
    batchIndex,
  };
}
