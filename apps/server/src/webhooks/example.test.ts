import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, openBench } from "./delivering.fixtures.ts";

const examples = fileURLToPath(new URL("../../../../docs/examples/", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

interface Request {
  secret: string;
  headers: Record<string, unknown>;
  body: string;
  now?: number;
}

/** What the example says of requests. */
function verdicts(requests: Request[]): boolean[] {
  const program = `
import json, sys
sys.path.insert(0, ${JSON.stringify(examples)})
sys.dont_write_bytecode = True
from webhook import is_genuine
print(json.dumps([is_genuine(r["secret"], r["headers"], r["body"].encode(), r.get("now")) for r in json.load(sys.stdin)]))`;
  const { stdout, stderr } = spawnSync("python3", ["-c", program], {
    input: JSON.stringify(requests),
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as boolean[];
}

test.skipIf(!hasPython)(
  "the example takes what was sent, and nothing that was changed, copied, or is old",
  async () => {
    const { id, secret, version } = await bench.makeWebhook({ eventKinds: ["ticket_opened"] });
    const { api } = await bench.server.as("omar");
    await bench.openTicket("Überall Umlaute: äöü");
    await bench.settle();
    const rotated = await api.webhooks.rotateSecret.mutate({ webhookId: id, version });
    await bench.openTicket("Rotated");
    await bench.settle();
    const [first, second] = bench.receiver.received;
    const genuine = { secret, headers: first!.headers, body: first!.body };
    const while2 = { headers: second!.headers, body: second!.body };
    const changed = (headers: object) => ({ ...genuine, headers: { ...genuine.headers, ...headers } });
    const sentAt = Number(first!.headers["webhook-timestamp"]);
    expect(verdicts([genuine, { ...while2, secret }, { ...while2, secret: rotated.secret }])).toEqual([
      true,
      true,
      true,
    ]);
    expect(
      verdicts([
        { ...genuine, body: `${genuine.body} ` },
        { ...genuine, secret: rotated.secret },
        changed({ "webhook-id": id }),
        changed({ "webhook-timestamp": String(sentAt + 1) }),
        changed({ "webhook-signature": "v1,c2lnbmVk" }),
        { ...genuine, now: sentAt + 301 },
      ]),
    ).toEqual([false, false, false, false, false, false]);
  },
);
