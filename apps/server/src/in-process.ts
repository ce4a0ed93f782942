import { toEpochMs } from "@helpdesk/domain";
import type { RequestContext, Resources } from "./context.ts";
import { appRouter } from "./router.ts";
import { createCallerFactory } from "./trpc.ts";

/** Who calls: by an access token, or by an API key that is traded for them. */
export type Credentials = { accessToken: string } | { apiKey: string; onBehalfOf?: string } | null;

export interface InProcessOptions {
  /** Of one call: make a caller for each; they share the token of their API key. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** A token is traded anew so long before it ends. */
const EARLY_MS = 30_000;
/** Callers by API key that a process remembers the tokens of; of more, the first are forgotten. */
const MAX_GRANTS = 1_000;

interface Grant {
  accessToken: string;
  expiresAt: string;
}

/** What keys were traded for, by key and whom it acts for: all callers of a process share it. */
const granted = new WeakMap<Resources, Map<string, Promise<Grant>>>();

const makeCaller = createCallerFactory(appRouter);

/**
 * The router for code in the same process, without HTTP and with every check of it: what a call is refused by is thrown
 * as a TRPCError whose cause is the RefusalError.
 */
export function inProcess(
  resources: Resources,
  credentials: Credentials,
  { idempotencyKey, signal, timeoutMs }: InProcessOptions = {},
): ReturnType<typeof makeCaller> {
  const { runtime } = resources;
  const contextWith = (accessToken: string | null): RequestContext => ({
    resources,
    accessToken,
    requestId: runtime.newId(),
    ipAddress: "in process",
    isOwn: true,
    userAgent: null,
    takesStreams: false,
    idempotencyKeys: idempotencyKey === undefined ? [] : [idempotencyKey],
    timeoutMs: timeoutMs ?? null,
    signal: signal ?? null,
    notes: { replayed: [], limit: null },
  });
  if (credentials === null || "accessToken" in credentials)
    return makeCaller(() => contextWith(credentials?.accessToken ?? null));

  const { apiKey: key, onBehalfOf } = credentials;
  const trade = () => makeCaller(contextWith(null)).auth.exchangeKey({ key, onBehalfOf });
  const isLasting = ({ expiresAt }: Grant) => toEpochMs(expiresAt) - toEpochMs(runtime.now()) >= EARLY_MS;
  return makeCaller(async () => {
    const { accessToken } = await grantFor(resources, `${key} ${onBehalfOf ?? ""}`, { trade, isLasting });
    return contextWith(accessToken);
  });
}

interface Trading {
  trade(): Promise<Grant>;
  isLasting(grant: Grant): boolean;
}

/** A grant that lasts, traded once however many wait for it. */
async function grantFor(resources: Resources, caller: string, { trade, isLasting }: Trading): Promise<Grant> {
  const grants = granted.getOrInsertComputed(resources, () => new Map<string, Promise<Grant>>());
  const known = grants.get(caller);
  const grant = await known;
  if (grant && isLasting(grant)) return grant;
  const newer = grants.get(caller);
  if (newer && newer !== known) return newer;
  const trading = trade();
  grants.delete(caller);
  grants.set(caller, trading);
  if (grants.size > MAX_GRANTS) grants.delete(grants.keys().next().value!);
  trading.catch(() => grants.get(caller) === trading && grants.delete(caller));
  return trading;
}
