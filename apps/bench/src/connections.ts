import { Pool } from "undici";
import type { Request } from "./calls.ts";

export interface Connections extends AsyncDisposable {
  /** Sends a request and answers with its body. @throws Error for any status but 200 and 201. */
  send(request: Request): Promise<string>;
  /** The same, and lets the body go unread by us. */
  sendAndDrop(request: Request): Promise<void>;
}

/** Keep-alive connections with one request at a time on each: the leanest caller, the same one for both servers. */
export function connectTo(url: string, connections: number, accessToken: string): Connections {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };

  const dispatch = (request: Request, onData: (chunk: Buffer) => void) =>
    new Promise<void>((resolve, reject) => {
      let status = 0;
      pool.dispatch(
        { ...request, headers },
        {
          onRequestStart: () => {},
          onResponseStart: (_controller, statusCode) => void (status = statusCode),
          onResponseData: (_controller, chunk) => onData(chunk),
          onResponseEnd: () =>
            status === 200 || status === 201
              ? resolve()
              : reject(new Error(`${request.path} was answered with ${status}.`)),
          onResponseError: (_controller, error) => reject(error),
        },
      );
    });

  return {
    async send(request) {
      const chunks: Buffer[] = [];
      await dispatch(request, (chunk) => chunks.push(chunk));
      return Buffer.concat(chunks).toString("utf8");
    },
    sendAndDrop: (request) => dispatch(request, () => {}),
    [Symbol.asyncDispose]: () => pool.close(),
  };
}
