import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImportBench, openImportBench, upload } from "./importing.fixtures.ts";

let bench: ImportBench;
beforeAll(async () => {
  bench = await openImportBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const old = (day: number, hour = 9) =>
  `2026-01-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00.000Z`;

/** The first two are open, the others resolved or closed; with comments, tags, people in copy. */
const line = (i: number, rest: object = {}) => ({
  externalId: `z-${i}`,
  title: `Imported number ${i} zebrafish`,
  description: `It began on day ${i}.`,
  customer: `import.${i}@customer.example`,
  customerName: `Customer ${i}`,
  priority: "high",
  tags: ["from zendesk", `t${i % 3}`],
  createdAt: old(1 + (i % 20)),
  comments: [{ author: `import.${i}@customer.example`, body: "Any news?", createdAt: old(1 + (i % 20), 10) }],
  ...rest,
});
const jsonl = (lines: readonly object[]) => lines.map((each) => JSON.stringify(each)).join("\n");

const admin = async () => (await bench.server.as("omar")).api;

const differences = async () => {
  const api = await admin();
  const clocks: unknown[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: unknown[]; nextCursor: string | null } = await api.sla.rebuild.query({
      limit: 100,
      cursor,
    });
    clocks.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const texts = await bench.server.resources.sql`
    select from ticket_texts x full join tickets t on t.organization_id = x.organization_id and t.id = x.ticket_id
    where t.id is null or (x.ticket_id is null and not t.is_simulated)`;
  return { clocks, cells: await api.views.check.query(), texts: texts.length };
};

test("tickets come with their comments, people, tags, instants and clocks, and nobody is told", async () => {
  const { sql } = bench.server.resources;
  const before =
    await sql`select (select count(*) from notifications)::int as n, (select count(*) from events)::int as e`;
  const done = await bench.imported(
    jsonl([
      line(1),
      line(2, { status: "waiting", cc: ["cc@customer.example"] }),
      line(3, {
        status: "closed",
        resolvedAt: old(25),
        closedAt: old(26),
        comments: [
          { author: "petra@lumen.example", body: "Solved.", createdAt: old(24) },
          { author: "petra@lumen.example", visibility: "internal", body: "A note.", createdAt: old(24, 12) },
        ],
      }),
      line(4, { number: 90_001 }),
    ]),
    { kind: "tickets", format: "jsonl" },
  );
  expect(await bench.problemsOf(done.id)).toEqual([]);
  expect(done.state).toBe("done");
  expect(done.progress).toMatchObject({ read: 4, made: 4, changed: 0, skipped: 0, bad: 0 });
  expect(done.progress.bytesRead).toBe(done.progress.bytes);
  const after =
    await sql`select (select count(*) from notifications)::int as n, (select count(*) from events)::int as e`;
  expect(after).toEqual(before);

  const api = await admin();
  const { items } = await api.search.tickets.query({ query: "zebrafish" });
  expect(items.length).toBe(4);
  const [third] = await sql<
    { id: string }[]
  >`select thing_id as id from import_keys where external_id = 'z-3'`;
  const ticket = await api.tickets.get.query({ ticketId: third!.id });
  expect(ticket).toMatchObject({
    createdAt: old(4),
    resolvedAt: old(25),
    closedAt: old(26),
    priority: "high",
  });
  const { items: timeline } = await api.tickets.timeline.query({ ticketId: third!.id });
  expect(timeline.map(({ kind }) => kind)).toEqual([
    "ticket_opened",
    "tags_changed",
    "reply_added",
    "note_added",
    "status_changed",
    "status_changed",
  ]);
  expect(timeline.map(({ at }) => at)).toEqual([old(4), old(4), old(24), old(24, 12), old(25), old(26)]);
  expect(await differences()).toEqual({ clocks: [], cells: [], texts: 0 });
  const [{ top }] =
    (await sql`select max(number)::int as top from tickets where not is_simulated and number < 100000`) as unknown as [
      { top: number },
    ];
  expect(top).toBe(90_004);
  const opened = await api.tickets.open.mutate({ title: "After", description: "", priority: "low" });
  expect(opened.number).toBe(90_005);
});

test("a second import of the same file changes nothing", async () => {
  const content = jsonl([line(21), line(22)]);
  const first = await bench.imported(content, { kind: "tickets", format: "jsonl" });
  const second = await bench.imported(content, { kind: "tickets", format: "jsonl" });
  expect([first.progress, second.progress]).toMatchObject([
    { made: 2, skipped: 0 },
    { made: 0, skipped: 2 },
  ]);
});

test("a dry run leaves nothing but its report, and is started for good", async () => {
  const { sql } = bench.server.resources;
  const count = () =>
    sql`select (select count(*) from tickets) as t, (select count(*) from users) as u, (select count(*) from tags) as g`;
  const before = await count();
  const content = jsonl([line(31, { tags: ["brand new"] }), line(32, { priority: "huge" })]);
  const dry = await bench.imported(content, { kind: "tickets", format: "jsonl", isDryRun: true });
  expect(dry.progress).toMatchObject({ read: 2, made: 1, bad: 1 });
  expect(await count()).toEqual(before);
  const api = await admin();
  const real = await api.imports.start.mutate({ importId: dry.id });
  await bench.step();
  expect((await api.imports.get.query({ importId: real.id })).progress).toMatchObject({ made: 1, bad: 1 });
  expect(await bench.problemsOf(real.id)).toEqual(await bench.problemsOf(dry.id));
  await expect(api.imports.start.mutate({ importId: real.id })).rejects.toThrow("no dry run");
});

test("every problem of every bad line is told, and the other lines are imported", async () => {
  const done = await bench.imported(
    jsonl([
      line(41, { priority: "huge", title: "", nonsense: 1 }),
      line(42),
      line(43, {
        department: "Nowhere",
        assignee: "nobody@nowhere.example",
        status: "gone",
        fields: { none: 1 },
      }),
      line(44, { createdAt: old(5), comments: [{ author: null, body: "Early", createdAt: old(4) }] }),
      line(45, { createdAt: "2026-02-30T00:00:00.000Z" }),
      line(46, { createdAt: "2999-01-01T00:00:00.000Z", comments: [] }),
      line(47, { resolvedAt: old(28) }),
      line(48, { assignee: "import.42@customer.example" }),
    ]) + "\n{broken\n\n[]\n",
    { kind: "tickets", format: "jsonl" },
  );
  expect(done.progress).toMatchObject({ read: 10, made: 1, bad: 9 });
  const found = await bench.problemsOf(done.id);
  expect(found.map(({ line: at, field, reason }) => `${at} ${field} ${reason}`)).toEqual([
    "1 title empty",
    "1 priority not_allowed",
    "1 nonsense unknown_field",
    "3 assignee unknown",
    "3 department unknown",
    "3 status unknown",
    "3 fields.none unknown",
    "4 comments.0.createdAt before_creation",
    "5 createdAt instant",
    "6 createdAt in_future",
    "7 resolvedAt contradictory",
    "8 assignee not_eligible",
    "9 null not_json",
    "11 null wrong_type",
  ]);
});

test("CSV is read as RFC 4180 writes it, whatever is in its cells", async () => {
  const long = "x".repeat(10 * 1_024 * 1_024);
  const rows = [
    "\uFEFFID;Subject;Requester;Body;Labels;Created",
    'c-1;"Quoted ""so""; and";csv1@customer.example;"Two\r\nlines";a,b;2026-01-02T03:04:05.000Z',
    'c-2;Plain "quotes" inside;csv2@customer.example;;;',
    `c-3;Long;csv3@customer.example;"${long}";;`,
    "c-4;With\0NUL;csv4@customer.example;;;",
    "c-5;;csv5@customer.example;;;",
    "c-6;Too;csv6@customer.example;many;cells;;;",
    'c-7;Unclosed;csv7@customer.example;"never',
  ];
  const done = await bench.imported(rows.join("\r\n"), { kind: "tickets", format: "csv" });
  expect(done.mapping).toEqual({
    externalId: "ID",
    title: "Subject",
    customer: "Requester",
    description: "Body",
    tags: "Labels",
    createdAt: "Created",
  });
  expect(
    (await bench.problemsOf(done.id)).map(({ line: at, field, reason }) => `${at} ${field} ${reason}`),
  ).toEqual([
    "5 null too_long",
    "6 null characters",
    "7 title missing",
    "8 null too_many_cells",
    "9 null quote_unclosed",
  ]);
  expect(done.progress).toMatchObject({ read: 7, made: 2, bad: 5 });
  const rowsMade = await bench.server.resources.sql`
    select title, description from tickets t join import_keys k on k.thing_id = t.id where external_id like 'c-%' order by number`;
  expect(rowsMade.map((row) => ({ ...row }))).toEqual([
    { title: 'Quoted "so"; and', description: "Two\r\nlines" },
    { title: 'Plain "quotes" inside', description: "" },
  ]);
});

test("people are made with their roles and departments, never beyond what the importer may give, and brought up to date on demand", async () => {
  const csv = (name: string) =>
    `Email,Full name,Role,Teams,Time zone\nnew.agent@lumen.example,${name},agent,Technical support,Europe/Berlin\nroot@lumen.example,Root,super_admin,,\n`;
  const first = await bench.imported(csv("New Agent"), { kind: "users", format: "csv" });
  expect(first.progress).toMatchObject({ made: 1, bad: 1 });
  expect(await bench.problemsOf(first.id)).toMatchObject([{ line: 3, field: "role", reason: "exceeds_own" }]);
  const skipped = await bench.imported(csv("Renamed"), { kind: "users", format: "csv" });
  expect(skipped.progress).toMatchObject({ made: 0, skipped: 1 });
  const updated = await bench.imported(csv("Renamed"), {
    kind: "users",
    format: "csv",
    onExisting: "update",
  });
  expect(updated.progress).toMatchObject({ changed: 1 });
  const [row] = await bench.server.resources.sql`
    select u.name, r.key, u.password_hash is null as "cannotSignIn",
      (select count(*)::int from department_members m where m.user_id = u.id) as departments
    from users u join roles r on r.organization_id = u.organization_id and r.id = u.role_id where email = 'new.agent@lumen.example'`;
  expect(row).toEqual({ name: "Renamed", key: "agent", cannotSignIn: true, departments: 1 });
});

test("articles come with their categories, and can be read", async () => {
  const done = await bench.imported(
    jsonl([
      {
        externalId: "a-1",
        slug: "imported-article",
        category: [
          { slug: "imported", name: "Imported" },
          { slug: "imported-deep", name: "Deep" },
        ],
        state: "published",
        visibility: "agents",
        published: { title: "Imported article", body: "Read me.", at: old(3) },
      },
      { slug: "no-text", category: [{ slug: "imported", name: "Imported" }] },
    ]),
    { kind: "articles", format: "jsonl" },
  );
  expect(done.progress).toMatchObject({ made: 1, bad: 1 });
  expect(await bench.problemsOf(done.id)).toMatchObject([{ line: 2, field: "draft", reason: "missing" }]);
  const api = await admin();
  const article = await api.kbArticles.getBySlug.query({ slug: "imported-article" });
  expect(article).toMatchObject({ title: "Imported article" });
});

test("a file that is not UTF-8, or has no header, or whose columns do not fit, is refused at once", async () => {
  const api = await admin();
  const create = async (content: string | Uint8Array, mapping = {}) => {
    const { id: fileId } = await bench.send(content);
    return api.imports.create.mutate({ fileId, kind: "tickets", format: "csv", mapping });
  };
  await expect(create(Buffer.from("\uFEFFTitle,Customer\n", "utf16le"))).rejects.toThrow("cannot be read");
  await expect(create(Buffer.from([0x54, 0xe9, 0x2c, 0x43, 0x0a]))).rejects.toThrow("cannot be read");
  await expect(create("")).rejects.toThrow("cannot be read");
  await expect(create("a,a\n1,2\n")).rejects.toThrow("cannot be read");
  await expect(create("Title,Customer\n", { title: "Betreff" })).rejects.toThrow("do not fit");
  await expect(create("Foo,Bar\n")).rejects.toThrow("do not fit");
  expect((await create("Title,Customer\n")).state).toBe("queued");
  await bench.step();
});

test("agents cannot send files, and what is too large is refused", async () => {
  expect((await upload(bench.server, "ben", "x")).status).toBe(403);
  await using small = await openImportBench({ IMPORT_MAX_BYTES: "2048" });
  expect((await upload(small.server, "omar", "x".repeat(2_048))).status).toBe(201);
  const refused = await upload(small.server, "omar", "x".repeat(2_049));
  expect(await refused.json()).toMatchObject({
    status: 413,
    refusal: { code: "import.file_too_large", limitBytes: 2_048 },
  });
});
