import { once } from "node:events";
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  createServer,
  request,
} from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

/** One request as it passes. */
export interface Passing {
  method: string;
  /** With its query string. */
  path: string;
  headers: IncomingHttpHeaders;
  /** How many passed before it. */
  index: number;
}

/** What happens to a request on its way. */
export type Fault =
  /** It never arrives: the connection is reset. */
  | { kind: "reset" }
  /** The server answers, and the connection is reset in place of the answer. */
  | { kind: "drop_answer" }
  /** The server answers, and the connection is reset after half of it. */
  | { kind: "cut_answer" }
  /** It arrives later. */
  | { kind: "delay"; ms: number }
  /** The proxy answers itself, as those of the world do: in HTML where no body is given. */
  | { kind: "answer"; status: number; headers?: Record<string, string>; body?: string };

export interface Proxy extends AsyncDisposable {
  url: string;
  /** All that passed, the ones that met a fault too. */
  passed: Passing[];
  /** Decides about each request; null lets it through. May be changed at any time. */
  fault: (passing: Passing) => Fault | null;
  /** Where it leads. May be changed at any time. */
  target: string;
  /** Resets all connections that are open now, streams among them. */
  cutAll(): void;
}

/** A real HTTP proxy on a loopback port, which does to requests and answers what networks do. */
export async function startProxy(target: string): Promise<Proxy> {
  const open = new Set<ServerResponse>();
  const server = createServer((incoming, answer) => {
    open.add(answer);
    answer.once("close", () => open.delete(answer));
    const { method = "GET", url: path = "/", headers } = incoming;
    const passing = { method, path, headers, index: proxy.passed.length };
    proxy.passed.push(passing);
    const cut = () => void answer.destroy();
    const pass = async (): Promise<void> => {
      const fault = proxy.fault(passing);
      if (fault?.kind === "reset") return cut();
      if (fault?.kind === "answer") {
        const { status, headers: own, body = "<html>The proxy says no.</html>" } = fault;
        return void answer.writeHead(status, { "content-type": "text/html", ...own }).end(body);
      }
      if (fault?.kind === "delay") await wait(fault.ms);
      const outgoing = request(new URL(path, proxy.target), { method, headers, agent: false });
      answer.once("close", () => outgoing.destroy());
      // It may fail after its answer has begun, too.
      outgoing.on("error", cut);
      incoming.pipe(outgoing);
      const [reply] = (await once(outgoing, "response")) as [IncomingMessage];
      if (fault?.kind === "drop_answer") {
        await buffer(reply);
        return cut();
      }
      if (fault?.kind === "cut_answer") {
        const body = await buffer(reply);
        const { "transfer-encoding": _, ...own } = reply.headers;
        const whole = { ...own, "content-length": String(body.length) };
        answer.writeHead(reply.statusCode!, whole).write(body.subarray(0, body.length / 2), () => cut());
        return;
      }
      answer.writeHead(reply.statusCode!, reply.headers);
      answer.flushHeaders();
      reply.on("error", cut).pipe(answer);
    };
    void pass().catch(cut);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const proxy: Proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed: [],
    fault: () => null,
    target,
    cutAll: () => open.forEach((answer) => answer.destroy()),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return proxy;
}
