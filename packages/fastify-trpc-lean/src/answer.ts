import {
  type AnyTRPCRouter,
  TRPCError,
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
} from "@trpc/server";
import type { FastifyHandlerOptions } from "@trpc/server/adapters/fastify";
import { type TRPCRequestInfo, getHTTPStatusCode } from "@trpc/server/http";
import type { TRPCResponse } from "@trpc/server/rpc";
import type { FastifyReply, FastifyRequest } from "fastify";
import { AnswerHeaders } from "./answer-headers.ts";
import { whenCallerGoes } from "./gone.ts";
import { Inputs } from "./inputs.ts";
import type { PlainRequest } from "./plain-request.ts";
import { RequestInfo } from "./request-info.ts";
import { isStreamLike } from "./stream-like.ts";

/** Those of a router of any type. */
export type HandlerOptions = FastifyHandlerOptions<AnyTRPCRouter, FastifyRequest, FastifyReply>;
type Call = TRPCRequestInfo["calls"][number];
type Result = { error: TRPCError } | { error: null; data: unknown };

/** Calls the procedures and sends their answer: the steps of tRPC's own `resolveResponse`, with one text at the end. */
export async function answer(
  plain: PlainRequest,
  { request, reply, options }: { request: FastifyRequest; reply: FastifyReply; options: HandlerOptions },
): Promise<FastifyReply> {
  const { router, onError, responseMeta } = options;
  const config = router._def._config;
  const signal = whenCallerGoes(reply);
  const batchSize = plain.isBatch ? plain.calls.length : null;
  const inputs = new Inputs(plain.inputs, { batchSize, transformer: config.transformer.input });
  const info = new RequestInfo(plain, { inputs, signal, request });
  const headers = new AnswerHeaders();

  let ctx: unknown;
  let contextError: TRPCError | null = null;
  try {
    ctx = await options.createContext?.({ req: request, res: reply, info });
  } catch (cause) {
    contextError = getTRPCErrorFromUnknown(cause);
  }

  const shapeOf = (error: TRPCError, { path, input }: { path?: string; input?: unknown } = {}) => ({
    error: getTRPCErrorShape({ config, error, type: plain.type, path, input, ctx }),
  });
  const told = (error: TRPCError, call?: Call) =>
    onError?.({ error, path: call?.path, input: call?.result(), ctx, type: plain.type, req: request });

  const result = async (call: Call): Promise<Result> => {
    const { path, batchIndex, getRawInput } = call;
    try {
      if (contextError) throw contextError;
      const { type } = plain;
      return {
        error: null,
        data: await callTRPCProcedure({ router, path, type, ctx, getRawInput, signal, batchIndex }),
      };
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause);
      told(error, call);
      return { error };
    }
  };

  const envelope = (call: Call, one: Result): TRPCResponse =>
    one.error
      ? shapeOf(one.error, { path: call.path, input: call.result() })
      : { result: { data: one.data } };

  const { output } = config.transformer;
  const transformed = (one: TRPCResponse): unknown =>
    "error" in one
      ? { error: output.serialize(one.error) }
      : { result: { data: output.serialize(one.result.data) } };

  const headOf = (data: TRPCResponse[], errors: readonly (TRPCError | undefined)[]): number => {
    const failed = errors.filter((error) => error !== undefined);
    const status = failed.length === 0 ? 200 : getHTTPStatusCode(data, errors);
    const paths = info.calls.map(({ path }) => path);
    const meta = responseMeta?.({
      ctx,
      info,
      paths,
      data,
      errors: failed,
      eagerGeneration: false,
      type: plain.type,
    });
    headers.add(meta?.headers);
    return meta?.status || status;
  };

  const send = (status: number, body: string): FastifyReply => {
    // Fastify makes its own of a content type that it cannot read.
    if (headers.type !== "application/json")
      return reply.send(new Response(body, { status, headers: [...headers] }));
    for (const [name, value] of headers) void reply.header(name, value);
    // A serializer of its own keeps Fastify from adding a charset.
    return reply.code(status).serializer(asItIs).send(body);
  };

  try {
    let results = await Promise.all(info.calls.map(result));
    if (results.some((one) => one.error === null && isStreamLike(one.data))) {
      if (!plain.isBatch) throw streamLike();
      results = results.map((one) =>
        one.error === null && isStreamLike(one.data) ? { error: streamLike() } : one,
      );
    }
    const data = results.map((one, index) => envelope(info.calls[index]!, one));
    const status = headOf(
      data,
      results.map(({ error }) => error ?? undefined),
    );
    const sent = data.map(transformed);
    return send(status, JSON.stringify(plain.isBatch ? sent : sent[0]));
  } catch (cause) {
    // A stream where none can be sent, an output that cannot be serialised, a hook of the options that throws.
    const error = getTRPCErrorFromUnknown(cause);
    told(error);
    const shaped = shapeOf(error);
    const body = JSON.stringify(transformed(shaped));
    return send(headOf([shaped], [error]), body);
  }
}

const asItIs = (payload: unknown): string => payload as string;

const streamLike = (): TRPCError =>
  new TRPCError({
    code: "UNSUPPORTED_MEDIA_TYPE",
    message: "Cannot use stream-like response in non-streaming request - use httpBatchStreamLink",
  });
