import { sql } from "drizzle-orm";
import { globalQuery } from "../statement.ts";

/** No organization has this id: what runs for it finds nothing, at the same cost as for one there is. */
export const noOrganization = "00000000-0000-0000-0000-000000000000";

export interface OrganizationRow {
  id: string;
  slug: string;
  name: string;
}

export const findOrganizationBySlug = globalQuery<{ slug: string }, OrganizationRow>(
  (p) => sql`select id, slug, name from organizations where slug = ${p.slug}`,
);
