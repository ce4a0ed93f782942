import { sql } from "drizzle-orm";
import type { Sql } from "../connection.ts";
import { demoAccounts } from "../seed/index.ts";
import { globalQuery } from "../statement.ts";
import { read } from "../unit.ts";
import { noOrganization } from "./organizations.ts";

const findAccounts = globalQuery<{ names: string }, { email: string }>(
  (p) => sql`
    select u.email from users u join organizations o on o.id = u.organization_id
    where u.deactivated_at is null and (o.slug || ' ' || u.email) = any((${p.names}::text)::text[])
    order by u.email`,
);

/** The active demo accounts of a database, by e-mail address: everybody knows their password. */
export async function demoAccountsIn(connection: Sql): Promise<string[]> {
  const names = `{${demoAccounts.map(({ organization, email }) => `"${organization} ${email}"`).join(",")}}`;
  return (await findAccounts(read(connection, noOrganization), { names })).map(({ email }) => email);
}
