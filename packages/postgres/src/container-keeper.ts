// Removes the containers that carry a label as soon as its own standard input ends, which it does
// when the process that started us is done with them or dies, however it dies.
import { request } from "node:http";
import type { ContainerKeeperOrder } from "./container.ts";

const { engine, label } = JSON.parse(process.argv[2] ?? "{}") as ContainerKeeperOrder;

async function ask(method: string, path: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  request({ ...engine, method, path }, (response) => {
    let body = "";
    response.setEncoding("utf8").on("data", (part: string) => (body += part));
    response.on("end", () => resolve(body));
  })
    .on("error", reject)
    .end();
  return promise;
}

async function remove(): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const containers = JSON.parse(await ask("GET", `/containers/json?all=1&filters=${filters}`)) as {
    Id: string;
  }[];
  await Promise.all(containers.map(({ Id }) => ask("DELETE", `/containers/${Id}?force=1&v=1`)));
}

process.stdin.on("end", () => void remove()).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
