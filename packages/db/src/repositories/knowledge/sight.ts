import { type SQL, sql } from "drizzle-orm";
import type { ArticleSight } from "@helpdesk/domain";
import type { Params } from "../../statement.ts";
import { arrayLiteral } from "../ticket-conditions.ts";

/** A reader's sight as a statement takes it: array literals. */
export interface SightValues {
  visibilities: string;
  departmentIds: string;
}

export const sightValues = ({ visibilities, departmentIds }: ArticleSight): SightValues => ({
  visibilities: arrayLiteral(visibilities),
  departmentIds: arrayLiteral(departmentIds),
});

/** Whether an article called `a` is for the reader, whatever its state. */
export const isInSight = (p: Params<SightValues>): SQL => sql`(
  a.visibility = any(${p.visibilities}::text[]) or (a.visibility = 'departments' and exists (
    select from kb_article_departments d where d.organization_id = ${p.organizationId} and d.article_id = a.id
      and d.department_id = any(${p.departmentIds}::uuid[]))))`;
