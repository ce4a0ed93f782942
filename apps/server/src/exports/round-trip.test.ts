import type { HelpdeskClient } from "@helpdesk/client";
import { type TestServer, call } from "@helpdesk/testing/server";
import { expect, test, vi } from "vitest";
import { keepImporting } from "../imports/keep-importing.ts";
import type { Import, ImportFile } from "../imports/view.ts";
import { createOrganization } from "../organizations/create.ts";
import { type TakenApart, takeApart } from "./archive.fixtures.ts";
import { type Bench, openBench } from "./exporting.fixtures.ts";

const MOVER = { organization: "moved", email: "mover@moved.example", password: "a quiet green river" };
const KINDS = ["users", "tickets", "articles"] as const;

/** What lines may leave empty. */
const said = {
  users: ["departments", "phone", "jobTitle", "deactivatedAt"],
  tickets: [
    "description",
    "assignee",
    "department",
    "cc",
    "tags",
    "fields",
    "resolvedAt",
    "closedAt",
    "comments",
  ],
  articles: ["departments", "published", "draft"],
};

const isSaid = (lines: Record<string, unknown>[], key: string): boolean =>
  lines.some(
    (line) => ![undefined, "", "[]", "{}", "null"].includes(JSON.stringify(line[key]).replace('""', "")),
  );

/** Without the one person whom an organization has before anybody is imported. */
const linesOf = (archive: TakenApart, kind: (typeof KINDS)[number]) =>
  archive.lines(`${kind}.jsonl`).filter(({ email }) => email !== MOVER.email);

test("an organization that is exported, imported into an empty one and exported again is the same, line for line", async () => {
  await using bench = await openBench();
  const { server } = bench;
  await enrich(bench);
  const first = await bench.takenApart("sofia");
  for (const kind of KINDS) expect(first.lines(`${kind}.jsonl`).length).toBeGreaterThan(3);
  // There is something of everything that a line can say.
  const unsaid = Object.entries(said).flatMap(([kind, keys]) =>
    keys.filter((key) => !isSaid(first.lines(`${kind}.jsonl`), key)).map((key) => `${kind}.${key}`),
  );
  expect(unsaid).toEqual([]);

  await createOrganization(
    server.database.url,
    {
      slug: MOVER.organization,
      name: "Moved",
      timeZone: "Europe/Berlin",
      adminEmail: MOVER.email,
      adminName: "Mover",
      password: MOVER.password,
    },
    server.resources.runtime,
  );
  const mover = server.client();
  await mover.signIn(MOVER);
  await furnish(mover, first);

  const { accessToken } = (await call(server.url, { path: "auth.signIn", type: "mutation", input: MOVER }))
    .data as { accessToken: string };
  const stop = keepImporting(server.resources);
  try {
    for (const kind of KINDS) {
      const form = new FormData();
      form.set("file", new Blob([new Uint8Array(first.files.get(`${kind}.jsonl`)!)]), `${kind}.jsonl`);
      const sent = await fetch(`${server.url}/imports/files`, {
        method: "POST",
        headers: { authorization: `Bearer ${accessToken}` },
        body: form,
      });
      expect({ status: sent.status }).toEqual({ status: 201 });
      const { id: fileId } = (await sent.json()) as ImportFile;
      const { id } = await mover.api.imports.create.mutate({ fileId, kind, format: "jsonl" });
      const done = await vi.waitUntil(
        async (): Promise<Import | false> => {
          const found = await mover.api.imports.get.query({ importId: id });
          return found.endedAt !== null && found;
        },
        { interval: 200 },
      );
      const { items } = await mover.api.imports.problems.query({ importId: id, limit: 20 });
      expect({ kind, state: done.state, items }).toEqual({ kind, state: "done", items: [] });
      expect(done.progress.made).toBe(first.lines(`${kind}.jsonl`).length);
    }
  } finally {
    await stop();
  }

  const { id } = await mover.api.exports.create.mutate({});
  await bench.step();
  const { path } = await mover.api.exports.createLink.mutate({ exportId: id });
  const second = await takeApart(Buffer.from(await (await fetch(server.url + path)).arrayBuffer()));
  for (const kind of KINDS) expect(linesOf(second, kind)).toEqual(linesOf(first, kind));
  // Who was a service is nobody who could sign in.
  expect(linesOf(second, "users").filter(({ name }) => name === "Portal")).toMatchObject([
    { deactivatedAt: expect.any(String) },
  ]);
  // And not for want of anything: one letter more would show.
  const [ticket] = linesOf(first, "tickets");
  expect([{ ...ticket, title: `${ticket!["title"] as string}!` }]).not.toEqual(
    linesOf(second, "tickets").slice(0, 1),
  );
  // The histories are of their own.
  expect(second.lines("tables/tickets.jsonl")[0]!["id"]).not.toBe(
    first.lines("tables/tickets.jsonl")[0]!["id"],
  );
});

/** What the stories have too little of: a ticket with everything a line can say. */
async function enrich({ server }: Bench): Promise<void> {
  const { sql } = server.resources;
  const nora = (await server.as("nora")).api;
  const sofia = (await server.as("sofia")).api;
  const opened = await nora.tickets.open.mutate({
    title: 'Quotes " and commas, and 🎫',
    description: "Zwei Zeilen\r\nmit Umlauten: äöü\u2028und mehr",
  });
  const ticketId = opened.id;
  await nora.tickets.reply.mutate({ ticketId, body: "First\n\n> quoted" });
  await sofia.tickets.addNote.mutate({ ticketId, body: "= a note, not a formula" });
  const idOf = async (email: string) =>
    (await sql<{ id: string; version: number }[]>`select id, version from users where email = ${email}`)[0]!;
  await sofia.tickets.setCc.mutate({ ticketId, add: [(await idOf("tom@tallpines.example")).id] });
  const version = async () => (await sofia.tickets.get.query({ ticketId })).version;
  for (const name of ["moved", "äpfel"]) await sofia.tags.create.mutate({ name });
  await sofia.tickets.setTags.mutate({ ticketId, version: await version(), tags: ["moved", "äpfel"] });
  await sofia.tickets.setFields.mutate({
    ticketId,
    version: await version(),
    fields: { product: "till", invoice_number: "007", root_cause: "Two\nlines" },
  });
  const lucas = await idOf("lucas@portside.example");
  await sofia.users.deactivate.mutate({ userId: lucas.id, version: lucas.version });
  // As mail may come from.
  await sql`update users set email = 'prvs=1=lucas@portside.example' where id = ${lucas.id}`;
  await workOfService(server, (await idOf("tom@tallpines.example")).id);
  await sql`
    with a as (
      update kb_articles set visibility = 'departments' where (organization_id, id) in (
        select k.organization_id, k.id from kb_articles k join organizations o on o.id = k.organization_id
        where o.slug = 'demo' order by k.slug limit 1)
      returning organization_id, id)
    insert into kb_article_departments (organization_id, article_id, department_id)
    select d.organization_id, a.id, d.id from a join departments d on d.organization_id = a.organization_id`;
  await sql`
    update users set phone = '+49 30 1234', job_title = 'Baker' where email = 'nora@brightbakery.example'`;
}

/** A ticket that a service opened and wrote on. */
async function workOfService(server: TestServer, customerId: string): Promise<void> {
  const sofia = (await server.as("sofia")).api;
  const { key } = await sofia.apiKeys.create.mutate({
    name: "Portal",
    scopes: ["ticket.open_for_customer", "ticket.open", "ticket.reply", "ticket.read_organization"],
    service: { name: "Portal", roleKey: "admin" },
  });
  const { accessToken } = (
    await call(server.url, { path: "auth.exchangeKey", type: "mutation", input: { key } })
  ).data as { accessToken: string };
  const act = async (path: string, input: object) => {
    const { outcome, data } = await call(server.url, { path, type: "mutation", input, accessToken });
    expect({ path, outcome }).toEqual({ path, outcome: "ok" });
    return data as { id: string };
  };
  const opened = await act("tickets.open", { title: "By a service", description: "", customerId });
  await act("tickets.reply", { ticketId: opened.id, body: "Written by a service" });
}

/** What has to be there before: departments, and fields of their own. */
async function furnish({ api }: HelpdeskClient, from: TakenApart): Promise<void> {
  for (const { name, archivedAt } of from.lines("tables/departments.jsonl"))
    if (archivedAt === null) await api.departments.create.mutate({ name: name as string });
  for (const field of from.lines("tables/ticket_fields.jsonl")) {
    const { options } = field["choices"] as { options: { key: string; name: string }[] };
    await api.fields.create.mutate({
      key: field["key"] as string,
      kind: field["kind"] as "text",
      name: field["name"] as string,
      options: options.map(({ key, name }) => ({ key, name })),
      min: field["min"] as number | null,
      max: field["max"] as number | null,
    });
  }
}
