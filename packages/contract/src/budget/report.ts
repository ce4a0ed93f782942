import type { Declarations } from "../declare/declare.ts";
import { clientFigures } from "./client.ts";
import { serverFigures } from "./server.ts";

const TIMES = 10;

/** What the types of server and client cost, ours and ten times as many, as a table. Takes a minute. */
export async function budgetReport(declarations: Declarations): Promise<string> {
  const rows = ["| procedures | program | instantiations | declarations | check |", "| - | - | - | - | - |"];
  for (const copies of [1, TIMES]) {
    const client = await clientFigures(declarations, copies);
    const server = await serverFigures(copies);
    for (const [name, { instantiations, declarationBytes, checkMs }] of Object.entries({ server, client }))
      rows.push(
        `| ${client.procedures} | ${name} | ${grouped(instantiations)} | ${grouped(Math.round(declarationBytes / 1000))} kB | ${(checkMs / 1000).toFixed(2)} s |`,
      );
    rows.push(`| ${client.procedures} | server to client | | | ${ratio(server, client)} × |`);
  }
  return rows.join("\n");
}

/** How many times as long the server's program takes to be checked as the client's. */
export const ratio = (server: { checkMs: number }, client: { checkMs: number }): string =>
  (server.checkMs / client.checkMs).toFixed(0);

const grouped = (count: number): string => count.toLocaleString("en-US");
