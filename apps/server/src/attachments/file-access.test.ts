import { fileURLToPath } from "node:url";
import { people } from "@helpdesk/testing/access";
import { startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Sender } from "./upload.fixtures.ts";

const TABLE = fileURLToPath(new URL("file-access.table.md", import.meta.url));

let server: TestServer;
const senders = new Map<string, Sender>();
let rows: [what: string, outcomeOf: (sender: Sender) => Promise<string>][];

const by = (name: string): Sender => senders.get(name)!;

beforeAll(async () => {
  server = await startServer();
  for (const name of [...Object.values(people), "tom", "hanna", "yuki"])
    if (name !== null) senders.set(name, await Sender.named(server, name));
  rows = [...(await uploads()), ...(await downloads())];
});

afterAll(() => server[Symbol.asyncDispose]());

async function departmentOf(name: string): Promise<string> {
  const [row] = await server.resources.sql<{ id: string }[]>`select id from departments where name = ${name}`;
  return row!.id;
}

const openedBy = async (name: string, departmentId: string | null = null): Promise<string> => {
  const { api } = await server.as(name);
  return (await api.tickets.open.mutate({ title: "For the table", description: "", departmentId })).id;
};

const uploads = async () => {
  const tickets: [string, string | undefined][] = [
    ["for a ticket still to be opened", undefined],
    [
      "for Nora's ticket, in technical support",
      await openedBy("nora", await departmentOf("Technical support")),
    ],
    [
      "for Tom's ticket, in technical support",
      await openedBy("tom", await departmentOf("Technical support")),
    ],
    ["for Tom's ticket, in billing", await openedBy("tom", await departmentOf("Billing and accounts"))],
    ["for a ticket of another organization", await openedBy("hanna")],
    ["for a ticket that is not there", "019b8d2b-8c00-7afb-8bcf-000000000000"],
  ];
  return tickets.map(([what, ticketId]): (typeof rows)[number] => [
    `upload ${what}`,
    async (sender) => (await sender.upload("x", ticketId === undefined ? {} : { ticketId })).outcome,
  ]);
};

/** A file that somebody sent with a reply or a note, or has only sent. */
async function fileOf(name: string, ticketId: string, as: "reply" | "addNote" | "nothing"): Promise<string> {
  const id = await by(name).id("x", { ticketId });
  const { api } = await server.as(name);
  if (as !== "nothing") await api.tickets[as].mutate({ ticketId, body: "See there.", attachmentIds: [id] });
  return id;
}

const downloads = async () => {
  const noras = await openedBy("nora", await departmentOf("Technical support"));
  const billing = await openedBy("tom", await departmentOf("Billing and accounts"));
  const hannas = await openedBy("hanna");
  const files: [string, string][] = [
    ["of Nora's reply", await fileOf("nora", noras, "reply")],
    ["of a reply to Nora", await fileOf("ben", noras, "reply")],
    ["of a note on Nora's ticket", await fileOf("ben", noras, "addNote")],
    ["of Tom's reply, in billing", await fileOf("tom", billing, "reply")],
    ["that Nora has not attached", await fileOf("nora", noras, "nothing")],
    ["that Ben has not attached", await fileOf("ben", noras, "nothing")],
    ["of another organization", await fileOf("hanna", hannas, "reply")],
    ["that is not there", "019b8d2b-8c00-7afb-8bcf-000000000000"],
    ["whose id is none", "..%2F..%2Fetc%2Fpasswd"],
  ];
  return files.map(([what, id]): (typeof rows)[number] => [
    `download ${what}`,
    (sender) => sender.outcomeOf(id),
  ]);
};

test("who may send and who may have which file is what the reviewed table says", async () => {
  const nobody = new Sender(server.url, null);
  const lines: string[][] = [];
  for (const [what, outcomeOf] of rows) {
    const outcomes: string[] = [];
    for (const name of Object.values(people))
      outcomes.push(await outcomeOf(name === null ? nobody : by(name)));
    lines.push([what, ...outcomes]);
  }
  await expect(written([["file", ...Object.keys(people)], ...lines])).toMatchFileSnapshot(TABLE);
});

function written(lines: string[][]): string {
  const widths = lines[0]!.map((_, x) => Math.max(...lines.map((line) => line[x]!.length)));
  const padded = lines.map((line) => `| ${line.map((cell, x) => cell.padEnd(widths[x]!)).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [
    "# Who may send and have files",
    "",
    "`POST /attachments` and `GET /attachments/:id` by every role, as `file-access.test.ts` found it over HTTP.",
    "",
    padded[0],
    rule,
    ...padded.slice(1),
    "",
  ].join("\n");
}
