import type { TRPCRequestInfo } from "@trpc/server/http";
import type { FastifyRequest } from "fastify";
import { hostOf } from "./host.ts";
import type { Inputs } from "./inputs.ts";
import type { PlainRequest } from "./plain-request.ts";

/** What `createContext` and `responseMeta` are told of a request. The URL is made when it is asked for. */
export class RequestInfo implements TRPCRequestInfo {
  readonly accept = null;
  readonly connectionParams = null;
  readonly type: PlainRequest["type"];
  readonly isBatchCall: boolean;
  readonly calls: TRPCRequestInfo["calls"];
  readonly signal: AbortSignal;
  readonly #request: FastifyRequest;

  constructor(
    { type, isBatch, calls }: PlainRequest,
    { inputs, signal, request }: { inputs: Inputs; signal: AbortSignal; request: FastifyRequest },
  ) {
    this.type = type;
    this.isBatchCall = isBatch;
    this.signal = signal;
    this.#request = request;
    this.calls = calls.map(({ path, procedure }, batchIndex) => ({
      path,
      procedure,
      batchIndex,
      getRawInput: async () => inputs.read(batchIndex),
      result: () => inputs.known(batchIndex),
    }));
  }

  get url(): URL {
    const { url, headers, socket } = this.#request.raw;
    const scheme = "encrypted" in socket && socket.encrypted === true ? "https" : "http";
    return new URL(url ?? "", `${scheme}://${hostOf(headers) ?? "localhost"}`);
  }
}
