import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "@helpdesk/db";
import { bareCalls } from "./calls.ts";

// The least that can answer the same requests with the same bodies: node:http and the same statements.
// Nobody is authenticated or authorized, nothing is validated, limited, counted or logged.
const sql = connect({ url: process.env["DATABASE_URL"]!, max: 4, applicationName: "helpdesk-bare" });
const calls = await bareCalls(sql);

const server = createServer((request, response) => void answer(request, response));
server.listen(Number(process.env["PORT"]), process.env["HOST"]);
process.once("SIGTERM", () => process.exit());

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url!, "http://bare");
  const call = calls[pathname.slice("/trpc/".length)];
  if (!call) return void response.writeHead(pathname === "/health/ready" ? 200 : 404).end();
  const text = request.method === "POST" ? await bodyOf(request) : searchParams.get("input")!;
  const { 0: input } = JSON.parse(text) as { 0: never };
  const body = Buffer.from(JSON.stringify([{ result: { data: await call(input) } }]));
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}
