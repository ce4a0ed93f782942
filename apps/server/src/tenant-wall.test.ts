import { randomUUID } from "node:crypto";
import { globSync } from "node:fs";
import {
  type Answer,
  accessTokenOf,
  call,
  inParallel,
  startServer,
  type TestServer,
} from "@helpdesk/testing/server";
import type { Home, RightInputs } from "@helpdesk/testing/tenant-wall";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newAssignment } from "./assignments/right-inputs.fixtures.ts";
import { sentFile } from "./attachments/right-inputs.fixtures.ts";
import { manifest } from "./manifest.ts";
import { writtenReview } from "./reviews/right-inputs.fixtures.ts";
import { newSession } from "./sessions/right-inputs.fixtures.ts";

interface SignedIn extends Home {
  accessToken: string;
}

/** Each noun's, from beside it. */
const rightInputs: RightInputs = {};
for (const path of globSync("*/right-inputs.fixtures.ts", { cwd: import.meta.dirname })) {
  const file = (await import(`./${path}`)) as { rightInputs: RightInputs };
  Object.assign(rightInputs, file.rightInputs);
}

const procedures = manifest();
let server: TestServer;
let lumen: SignedIn;
let northwind: SignedIn;

beforeAll(async () => {
  server = await startServer();
  await sendFiles();
  await writeReviews();
  lumen = await homeOf("sofia", "demo");
  northwind = await homeOf("ingrid", "northwind");
  for (const home of [lumen, northwind]) {
    await newSession(home);
    await newAssignment(home);
  }
  Object.assign(lumen.ids, await idsOf("demo"));
  Object.assign(northwind.ids, await idsOf("northwind"));
});

afterAll(() => server[Symbol.asyncDispose]());

/** A file on a ticket of each organization: none is seeded. */
async function sendFiles(): Promise<void> {
  const { sql } = server.resources;
  const tickets = await sql<{ organizationId: string; ticketId: string; uploadedById: string }[]>`
    select distinct on (organization_id) organization_id as "organizationId", id as "ticketId",
      customer_id as "uploadedById"
    from tickets order by organization_id, number`;
  for (const ticket of tickets) await sentFile(sql, { ...ticket, isAttached: true });
}

/** A review of somebody's work on a ticket of each organization: none is seeded. */
async function writeReviews(): Promise<void> {
  const { sql } = server.resources;
  const tickets = await sql<Parameters<typeof writtenReview>[1][]>`
    select distinct on (t.organization_id) t.organization_id as "organizationId", t.id as "ticketId",
      t.assignee_id as "agentId", t.customer_id as "reviewerId"
    from tickets t where t.assignee_id <> t.customer_id order by t.organization_id, t.number`;
  for (const ticket of tickets) await writtenReview(sql, ticket);
}

async function idsOf(slug: string): Promise<Record<string, string>> {
  const rows = await server.resources.sql<{ kind: string; id: string }[]>`
    with o as (select id from organizations where slug = ${slug})
    select 'organization' as kind, id from o
    union all (select 'ticket', t.id from tickets t, o where t.organization_id = o.id and not t.is_simulated order by number limit 1)
    union all (select 'comment', c.id from ticket_comments c, o where c.organization_id = o.id order by sequence limit 1)
    union all (select 'department', d.id from departments d, o where d.organization_id = o.id order by name desc limit 1)
    union all (select 'role', r.id from roles r, o where r.organization_id = o.id and key = 'agent')
    union all (select 'status', s.id from ticket_statuses s, o where s.organization_id = o.id limit 1)
    union all (select u.role, u.id from (select r.key as role, u.organization_id, u.id, row_number() over (partition by r.key, u.organization_id order by u.email desc) as place
      from users u join roles r on r.organization_id = u.organization_id and r.id = u.role_id where not u.is_simulated) u, o where u.organization_id = o.id and place = 1)
    union all (select 'macro', m.id from macros m, o where m.organization_id = o.id order by name limit 1)
    union all (select 'field', f.id from ticket_fields f, o where f.organization_id = o.id order by key limit 1)
    union all (select 'template', m.id from ticket_templates m, o where m.organization_id = o.id order by name limit 1)
    union all (select 'attachment', a.id from attachments a, o where a.organization_id = o.id limit 1)
    union all (select 'tag', g.id from tags g, o where g.organization_id = o.id order by name limit 1)
    union all (select 'calendar', b.id from business_calendars b, o where b.organization_id = o.id order by name limit 1)
    union all (select 'policy', y.id from sla_policies y, o where y.organization_id = o.id order by name limit 1)
    union all (select 'review', v.id from ticket_reviews v, o where v.organization_id = o.id limit 1)
    union all (select 'view', v.id from views v, o where v.organization_id = o.id order by name limit 1)
    union all (select 'scenario', c.id from scenarios c, o where c.organization_id = o.id order by key limit 1)
    union all (select 'assignment', a.id from training_assignments a, o where a.organization_id = o.id limit 1)
    union all (select 'session', s.id from training_sessions s, o where s.organization_id = o.id order by started_at limit 1)
    union all (select 'notification', n.id from notifications n join users u on u.id = n.user_id, o
      where n.organization_id = o.id and u.email like any (array['ingrid@%', 'yuki@%']) limit 1)`;
  return Object.fromEntries(rows.map(({ kind, id }) => [kind, id]));
}

/** The ticket and the customer of a session that is played in the organization. */
async function stagedBy({ ids }: Home): Promise<Record<string, string>> {
  const [row] = await server.resources.sql<{ ticketId: string; customerId: string }[]>`
    select t.id as "ticketId", t.customer_id as "customerId" from tickets t
    where t.organization_id = ${ids["organization"]!} and t.is_simulated limit 1`;
  return { "own simulated ticket": row!.ticketId, "own simulated customer": row!.customerId };
}

async function homeOf(name: string, slug: string): Promise<SignedIn> {
  const home: SignedIn = {
    accessToken: await accessTokenOf(server.url, name),
    ids: await idsOf(slug),
    sql: server.resources.sql,
    async act<T>(path: string, input: unknown) {
      const answer = await send(home, path, input);
      if (answer.outcome !== "ok") throw new Error(`${path}: ${answer.text}`);
      return answer.data as T;
    },
  };
  return home;
}

const send = (home: SignedIn, path: string, input: unknown): Promise<Answer> => {
  const { type } = procedures.find((procedure) => procedure.path === path)!;
  return call(server.url, { path, type, input, accessToken: home.accessToken });
};

interface Schema {
  format?: string;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

/** What in a schema takes an id: the names that lead there, `0` for the first of a list. */
function idPaths({ format, anyOf = [], items, properties = {} }: Schema): string[][] {
  if (format === "uuid") return [[]];
  const inner = Object.entries(properties).flatMap(([name, schema]) =>
    idPaths(schema).map((rest) => [name, ...rest]),
  );
  const listed = items ? idPaths(items).map((rest) => ["0", ...rest]) : [];
  return [...anyOf.flatMap(idPaths), ...inner, ...listed];
}

/** The input with an id in a place; undefined where a right input has nothing that the place could be in. */
function put(input: unknown, [name, ...rest]: readonly string[], id: string): unknown {
  if (name === undefined) return id;
  if (name === "0") {
    const inner = put(
      (input as unknown[] | undefined)?.[0] ?? (rest.length > 0 ? undefined : null),
      rest,
      id,
    );
    return inner === undefined ? undefined : [inner];
  }
  if (input === undefined) return undefined;
  const inner = put((input as Record<string, unknown>)[name] ?? (rest.length > 0 ? {} : null), rest, id);
  return inner === undefined ? undefined : { ...(input as object), [name]: inner };
}

/** Every place for an id in every procedure, however deep. */
const idFields = procedures.flatMap(({ path, input }) =>
  [...new Set(idPaths((input ?? {}) as Schema).map((names) => names.join(".")))].map((field) => ({
    path,
    field,
    put: (right: object, id: string) => put(right, field.split("."), id),
  })),
);

/** Ids that callers may make themselves. */
const callerMade = new Set(["id", "commentId"]);

test("there are id fields, and each procedure that has one has a right input", () => {
  expect(idFields.length).toBeGreaterThan(20);
  expect(Object.keys(rightInputs).toSorted()).toEqual(
    [...new Set(idFields.map(({ path }) => path))].toSorted(),
  );
});

test("the right inputs are right, or their refusals below would prove nothing", async () => {
  for (const home of [lumen, northwind]) {
    for (const [path, inputOf] of Object.entries(rightInputs)) {
      expect((await send(home, path, await inputOf(home))).text).toContain('"result"');
    }
  }
});

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/** An answer with what is new in every answer taken out: the id that was asked for; where something was made, its own marks. */
const comparable = ({ status, text, outcome }: Answer, asked: string): string => {
  const refusal = `${status} ${text.replaceAll(asked, "[asked]")}`;
  return outcome === "ok"
    ? refusal
        .replaceAll(UUID, "[id]")
        .replaceAll(INSTANT, "[at]")
        .replaceAll(/"(number|position)":\d+/g, "")
    : refusal;
};

/** Every row of every table that belongs to an organization, as one sum a table. */
async function sumsOf(organizationId: string): Promise<Record<string, string>> {
  const { sql } = server.resources;
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'organization_id' order by 1`;
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql.unsafe(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${name}" t where organization_id = $1`,
      [organizationId],
    );
    sums[name] = (row as unknown as { sum: string }).sum;
  }
  return sums;
}

test.for(["lumen", "northwind"] as const)(
  "to %s, every id of the other organization in every field is an id that nothing has, and nothing there changes",
  { timeout: 180_000 },
  async (ours) => {
    const [home, other] = ours === "lumen" ? [lumen, northwind] : [northwind, lumen];
    const before = await sumsOf(other.ids["organization"]!);
    // What is simulated is not there for the desk it belongs to either.
    const staged = await stagedBy(home);
    const told: string[] = [];
    const tryAll = async ({ path, field, put }: (typeof idFields)[number]) => {
      let right = await rightInputs[path]!(home);
      const ask = async (id: string) => {
        const input = put(right, id);
        if (input === undefined) return "no place";
        const answer = await send(home, path, input);
        // What was refused has used nothing up.
        if (answer.outcome === "ok") right = await rightInputs[path]!(home);
        return comparable(answer, id);
      };
      const nothing = await ask(randomUUID());
      if (nothing === "no place")
        return void told.push(`${path} ${field}: the right input has no place for it`);
      for (const [kind, id] of Object.entries({ ...other.ids, ...(callerMade.has(field) ? {} : staged) })) {
        const answer = await ask(id);
        if (answer !== nothing) told.push(`${path} ${field} = ${kind}: ${answer} instead of ${nothing}`);
        if (callerMade.has(field))
          await server.resources
            .sql`delete from ticket_comments where id = ${id} and organization_id = ${home.ids["organization"]!}`;
      }
    };
    await inParallel(
      4,
      idFields.filter(({ field }) => !callerMade.has(field)),
      tryAll,
    );
    // Ids that callers make are ours from then on, so they come last.
    await inParallel(
      1,
      idFields.filter(({ field }) => callerMade.has(field)),
      tryAll,
    );
    expect(told.slice(0, 5)).toEqual([]);
    expect(await sumsOf(other.ids["organization"]!)).toEqual(before);
    expect(before["tickets"]).not.toBe("0 ");
  },
);
