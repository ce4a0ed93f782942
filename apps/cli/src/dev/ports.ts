import { createServer } from "node:net";
import { Failure } from "../failure.ts";

/** The port itself when it is free (0: any free one). Throws Failure naming the setting when it is taken. */
export async function claimPort(setting: string, port: number, host: string): Promise<number> {
  try {
    return await tryPort(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "EADDRINUSE" ? "is taken" : `cannot be used (${code})`;
    throw new Failure(
      `Port ${port} on ${host} ${why}: stop what listens there or set ${setting} to another port.`,
    );
  }
}

/** The wanted port on loopback, or any free one. */
export const freePort = (wanted: number): Promise<number> =>
  tryPort(wanted, "127.0.0.1").catch(() => tryPort(0, "127.0.0.1"));

/** A host to connect to, for a host to listen on. */
export function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

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
