import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface TemplateRow {
  id: string;
  name: string;
  description: string;
  defaults: Record<string, unknown>;
  isForCustomers: boolean;
  isActive: boolean;
  position: number;
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(
  `id, name, description, defaults, is_for_customers as "isForCustomers", is_active as "isActive", position, version, updated_at as "updatedAt"`,
);

export const listTemplates = query<Record<never, never>, TemplateRow>(
  (p) => sql`
    select ${columns} from ticket_templates where organization_id = ${p.organizationId} order by position, name`,
);

export const findTemplate = query<{ id: string }, TemplateRow>(
  (p) => sql`
    select ${columns} from ticket_templates where organization_id = ${p.organizationId} and id = ${p.id}`,
);

export const lockTemplate = command<{ id: string }, TemplateRow>(
  (p) => sql`
    select ${columns} from ticket_templates
    where organization_id = ${p.organizationId} and id = ${p.id} for update`,
);

export interface TemplateValues {
  id: string;
  name: string;
  description: string;
  /** A JSON object. */
  defaults: string;
  isForCustomers: boolean;
  isActive: boolean;
  position: number;
  at: Instant;
}

export const insertTemplate = command<TemplateValues, TemplateRow>(
  (p) => sql`
    insert into ticket_templates (organization_id, id, name, description, defaults, is_for_customers, is_active,
      position, version, created_at, updated_at)
    values (${p.organizationId}, ${p.id}, ${p.name}, ${p.description}, (${p.defaults}::text)::jsonb,
      ${p.isForCustomers}, ${p.isActive}, ${p.position}, 1, ${p.at}, ${p.at})
    returning ${columns}`,
);

export const updateTemplate = command<TemplateValues, TemplateRow>(
  (p) => sql`
    update ticket_templates set name = ${p.name}, description = ${p.description},
      defaults = (${p.defaults}::text)::jsonb, is_for_customers = ${p.isForCustomers}, is_active = ${p.isActive},
      position = ${p.position}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id}
    returning ${columns}`,
);

export const deleteTemplate = command<{ id: string }, never>(
  (p) => sql`delete from ticket_templates where organization_id = ${p.organizationId} and id = ${p.id}`,
);
