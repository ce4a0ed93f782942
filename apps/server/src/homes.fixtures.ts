import { globSync } from "node:fs";
import { type Answer, accessTokenOf, call, type TestServer } from "@helpdesk/testing/server";
import type { Home, RightInputs } from "@helpdesk/testing/tenant-wall";
import { newAssignment } from "./assignments/right-inputs.fixtures.ts";
import { newExport } from "./exports/right-inputs.fixtures.ts";
import { sentFile } from "./attachments/right-inputs.fixtures.ts";
import { newErasure } from "./erasure/right-inputs.fixtures.ts";
import { keptMail } from "./inbound-mails/right-inputs.fixtures.ts";
import { manifest } from "./manifest.ts";
import { writtenReview } from "./reviews/right-inputs.fixtures.ts";
import { newDelivery } from "./webhooks/right-inputs.fixtures.ts";
import { newSession } from "./sessions/right-inputs.fixtures.ts";

/** Each noun's, from beside it. */
export const rightInputs: RightInputs = {};
for (const path of globSync("*/right-inputs.fixtures.ts", { cwd: import.meta.dirname })) {
  const file = (await import(`./${path}`)) as { rightInputs: RightInputs };
  Object.assign(rightInputs, file.rightInputs);
}

export interface SignedIn extends Home {
  accessToken: string;
}

const types = new Map(manifest().map(({ path, type }) => [path, type]));

/** Both organizations by their super admin, each with one of everything: what is not seeded is made. */
export async function homesOf(server: TestServer): Promise<{ lumen: SignedIn; northwind: SignedIn }> {
  await sendFiles(server);
  await writeReviews(server);
  await keepMails(server);
  const lumen = await homeOf(server, "sofia", "demo");
  const northwind = await homeOf(server, "ingrid", "northwind");
  for (const home of [lumen, northwind]) {
    await newSession(home);
    await newAssignment(home);
    await newDelivery(home);
    await newErasure(home);
    await newExport(home);
  }
  Object.assign(lumen.ids, await idsOf(server, "demo"));
  Object.assign(northwind.ids, await idsOf(server, "northwind"));
  return { lumen, northwind };
}

/** A file on a ticket of each organization: none is seeded. */
async function sendFiles({ resources: { sql } }: TestServer): Promise<void> {
  const tickets = await sql<{ organizationId: string; ticketId: string; uploadedById: string }[]>`
    select distinct on (organization_id) organization_id as "organizationId", id as "ticketId",
      customer_id as "uploadedById"
    from tickets order by organization_id, number`;
  for (const ticket of tickets) await sentFile(sql, { ...ticket, isAttached: true });
}

/** A review of somebody's work on a ticket of each organization: none is seeded. */
async function writeReviews({ resources: { sql } }: TestServer): Promise<void> {
  const tickets = await sql<Parameters<typeof writtenReview>[1][]>`
    select distinct on (t.organization_id) t.organization_id as "organizationId", t.id as "ticketId",
      t.assignee_id as "agentId", t.customer_id as "reviewerId"
    from tickets t where t.assignee_id <> t.customer_id order by t.organization_id, t.number`;
  for (const ticket of tickets) await writtenReview(sql, ticket);
}

/** A mail that waits in each organization: none is seeded. */
async function keepMails({ resources: { sql } }: TestServer): Promise<void> {
  const organizations = await sql<
    { organizationId: string }[]
  >`select id as "organizationId" from organizations`;
  for (const organization of organizations) await keptMail(sql, organization);
}

async function idsOf({ resources: { sql } }: TestServer, slug: string): Promise<Record<string, string>> {
  const rows = await sql<{ kind: string; id: string }[]>`
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
    union all (select 'article', k.id from kb_articles k, o where k.organization_id = o.id and k.state = 'published' order by k.slug limit 1)
    union all (select 'category', k.id from kb_categories k, o where k.organization_id = o.id order by k.slug limit 1)
    union all (select 'tag', g.id from tags g, o where g.organization_id = o.id order by name limit 1)
    union all (select 'calendar', b.id from business_calendars b, o where b.organization_id = o.id order by name limit 1)
    union all (select 'policy', y.id from sla_policies y, o where y.organization_id = o.id order by name limit 1)
    union all (select 'review', v.id from ticket_reviews v, o where v.organization_id = o.id limit 1)
    union all (select 'view', v.id from views v, o where v.organization_id = o.id order by name limit 1)
    union all (select 'api key', k.id from api_keys k, o where k.organization_id = o.id order by id limit 1)
    union all (select 'scenario', c.id from scenarios c, o where c.organization_id = o.id order by key limit 1)
    union all (select 'assignment', a.id from training_assignments a, o where a.organization_id = o.id limit 1)
    union all (select 'export', x.id from exports x, o where x.organization_id = o.id order by id limit 1)
    union all (select 'session', s.id from training_sessions s, o where s.organization_id = o.id order by started_at limit 1)
    union all (select 'webhook', w.id from webhooks w, o where w.organization_id = o.id order by w.id limit 1)
    union all (select 'delivery', d.id from webhook_deliveries d, o where d.organization_id = o.id order by d.id limit 1)
    union all (select 'erasure', e.id from erasures e, o where e.organization_id = o.id order by e.id limit 1)
    union all (select 'inbound mail', m.id from inbound_mails m, o where m.organization_id = o.id limit 1)
    union all (select 'mail address', a.id from mail_addresses a, o where a.organization_id = o.id limit 1)
    union all (select 'notification', n.id from notifications n join users u on u.id = n.user_id, o
      where n.organization_id = o.id and u.email like any (array['ingrid@%', 'yuki@%']) limit 1)`;
  return Object.fromEntries(rows.map(({ kind, id }) => [kind, id]));
}

async function homeOf(server: TestServer, name: string, slug: string): Promise<SignedIn> {
  const home: SignedIn = {
    accessToken: await accessTokenOf(server.url, name),
    ids: await idsOf(server, slug),
    sql: server.resources.sql,
    async act<T>(path: string, input: unknown) {
      const answer = await send(server, home, path, input);
      if (answer.outcome !== "ok") throw new Error(`${path}: ${answer.text}`);
      return answer.data as T;
    },
  };
  return home;
}

/** A call by whoever is at home. */
export const send = (server: TestServer, home: SignedIn, path: string, input: unknown): Promise<Answer> =>
  call(server.url, { path, type: types.get(path)!, input, accessToken: home.accessToken });
