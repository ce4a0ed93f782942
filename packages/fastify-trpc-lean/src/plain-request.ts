import type { AnyTRPCProcedure, AnyTRPCRouter } from "@trpc/server";
import type { HTTPBaseHandlerOptions } from "@trpc/server/http";
import type { FastifyRequest } from "fastify";
import { hostOf, isOrdinaryHost } from "./host.ts";
import { searchOf } from "./search.ts";

/** A request with calls that are all known queries, or all known mutations, and want one JSON answer. */
export interface PlainRequest {
  type: "query" | "mutation";
  isBatch: boolean;
  calls: readonly { path: string; procedure: AnyTRPCProcedure }[];
  /** The JSON of the inputs; empty where none were sent. */
  inputs: string;
}

type Options = Omit<HTTPBaseHandlerOptions<AnyTRPCRouter, never>, "responseMeta" | "onError">;

/** Null for a request of any other kind, of which nothing has been done yet. */
export function plainRequest(request: FastifyRequest, options: Options): PlainRequest | null {
  const { raw, body } = request;
  const { method, headers } = raw;
  const isGet = method === "GET";
  if (!isGet && (method !== "POST" || typeof body !== "string")) return null;
  const contentType = headers["content-type"];
  if (contentType === undefined ? !isGet : !isJson(contentType)) return null;
  if (headers["trpc-accept"] !== undefined || headers.accept?.includes("application/jsonl") === true)
    return null;
  if (!isOrdinaryHost(hostOf(headers))) return null;

  const search = searchOf(raw.url ?? "");
  if (search === null) return null;
  const calls = callsOf((request.params as { path: string }).path, search.isBatch, options);
  if (calls === null) return null;
  const { type } = calls[0]!.procedure._def;
  if (type === "subscription" || calls.some(({ procedure }) => procedure._def.type !== type)) return null;
  if (isGet ? type !== "query" : type !== "mutation" && options.allowMethodOverride !== true) return null;
  const inputs = isGet ? search.input : withoutByteOrderMark(body as string);
  return { type, isBatch: search.isBatch, calls, inputs };
}

const isJson = (contentType: string): boolean =>
  contentType === "application/json" ||
  contentType.toLowerCase().split(";", 1)[0]!.trim() === "application/json";

/** A body is read as the Fetch standard reads one. */
const withoutByteOrderMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** Null where something is not a procedure that is there and loaded, or a batch is not allowed. */
function callsOf(pathParameter: string, isBatch: boolean, options: Options): PlainRequest["calls"] | null {
  if (isBatch && !(options.allowBatching ?? options.batching?.enabled ?? true)) return null;
  const { _config: config, procedures } = options.router._def;
  const urlPath = decoded(pathParameter);
  if (urlPath === null) return null;
  const path = config.pathSeparator === "." ? urlPath : urlPath.split(config.pathSeparator).join(".");
  const paths = isBatch ? path.split(",") : [path];
  if (isBatch && options.maxBatchSize !== undefined && paths.length > options.maxBatchSize) return null;
  const calls: { path: string; procedure: AnyTRPCProcedure }[] = [];
  for (const each of paths) {
    const procedure = (procedures as Record<string, AnyTRPCProcedure>)[each];
    if (procedure === undefined) return null;
    calls.push({ path: each, procedure });
  }
  return calls;
}

/** Fastify has decoded it once already; tRPC does so again. */
function decoded(path: string): string | null {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
