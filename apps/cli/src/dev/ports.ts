import { createServer } from "node:net";
import { listeningProblem } from "@helpdesk/server";
import { Failure } from "../failure.ts";

/** The port itself when it is free (0: any free one). Throws Failure when it cannot be had. */
export async function claimPort(
  setting: "PORT" | "WORKER_PORT",
  port: number,
  host: string,
): Promise<number> {
  try {
    return await tryPort(port, host);
  } catch (error) {
    throw new Failure(listeningProblem(error, { host, port, setting }));
  }
}

/** The wanted port on loopback, or any free one. */
export const freePort = (wanted: number): Promise<number> =>
  tryPort(wanted, "127.0.0.1").catch(() => tryPort(0, "127.0.0.1"));

function tryPort(port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once("error", reject);
  server.listen(port, host, () => {
    const address = server.address();
    server.close(() => resolve(typeof address === "object" && address ? address.port : port));
  });
  return promise;
}
