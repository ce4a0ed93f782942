import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { makeCertificate } from "./certificate.fixtures.ts";
import type { Payload } from "./payload.ts";

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  payload: Payload;
}

/** What a receiver does with a request it has read. */
export type Manner = (response: ServerResponse, received: Received) => unknown;

const A_SECOND_TENTH_MS = 100;

const says =
  (status: number, headers?: Record<string, string>): Manner =>
  (response) =>
    response.writeHead(status, headers).end("No.");

const dripsForever = (response: ServerResponse): void => {
  response.writeHead(200);
  const timer = setInterval(() => response.write("."), A_SECOND_TENTH_MS);
  response.on("close", () => clearInterval(timer));
};

const floods = (response: ServerResponse): void => {
  response.writeHead(200);
  const chunk = Buffer.alloc(65_536, "x");
  let left = 1_073_741_824 / chunk.length;
  const pour = () => {
    while (left-- > 0 && response.write(chunk));
    if (left > 0) response.once("drain", pour);
    else response.end();
  };
  pour();
};

const takes: Manner = (response) => response.end("Thanks.");
const hangs = () => {};
const closes: Manner = (response) => response.socket?.destroy();

/** What receivers do. */
export const manners = { takes, says, hangs, closes, dripsForever, floods };

/** A real receiver over TLS on a loopback port, with a certificate of its own. */
export class Receiver implements AsyncDisposable {
  readonly received: Received[] = [];
  /** Connections so far. */
  connections = 0;
  /** What it does with whatever comes. */
  manner: Manner = manners.takes;
  readonly cert: string;
  readonly #server;

  private constructor() {
    const { cert, key } = makeCertificate("receiver.example", "localhost");
    this.cert = cert;
    this.#server = createServer({ cert, key }, (request, response) => void this.#take(request, response));
    this.#server.on("connection", () => this.connections++);
  }

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.listen(0, "127.0.0.1");
    await once(receiver.#server, "listening");
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  url(path = "/hook", host = "127.0.0.1"): string {
    return `https://${host}:${this.port}${path}`;
  }

  /** What it was told first of each, by path. */
  told(path = "/hook"): Payload[] {
    const seen = new Set<unknown>();
    return this.received
      .filter(({ path: at, headers }) => {
        const isNew = at === path && !seen.has(headers["webhook-id"]);
        if (isNew) seen.add(headers["webhook-id"]);
        return isNew;
      })
      .map(({ payload }) => payload);
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request).catch(() => "");
    if (body === "") return;
    const received = {
      path: request.url!,
      headers: request.headers,
      body,
      payload: JSON.parse(body) as Payload,
    };
    this.received.push(received);
    this.manner(response, received);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
