import type { FastifyInstance } from "fastify";
import { StartError } from "./process.ts";

/** Where a process listens, and the setting its port comes from. */
export interface Address {
  host: string;
  port: number;
  setting: "PORT" | "WORKER_PORT" | "MAIL_IN_PORT";
}

/** @throws StartError where that is not possible. */
export async function listen(app: FastifyInstance, address: Address): Promise<void> {
  try {
    await app.listen({ host: address.host, port: address.port });
  } catch (error) {
    throw new StartError(listeningProblem(error, address), { cause: error });
  }
}

/** One sentence on why nobody can listen there. */
export function listeningProblem(error: unknown, { host, port, setting }: Address): string {
  const code = String((error as NodeJS.ErrnoException).code);
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is taken: stop what listens there or set ${setting} to another port.`;
    case "EACCES":
      return `Port ${port} may not be opened by this user: set ${setting} to another port.`;
    case "EADDRNOTAVAIL":
      return `HOST is ${host}, which is not an address of this machine.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `HOST is ${host}, which is not the name of a machine.`;
    default:
      return `Port ${port} on ${host} cannot be used (${code}): set HOST and ${setting} to others.`;
  }
}
