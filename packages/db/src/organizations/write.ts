import type { Instant } from "@helpdesk/domain";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { onOneConnection } from "../migrate-steps.ts";
import { loggingOf } from "../repositories/sla-rules.ts";
import * as schema from "../schema/index.ts";
import { builtInScenarioRows } from "./built-in-scenarios.ts";
import { newOrganizationRows, type OrganizationIdentity } from "./new-organization.ts";

/** Who may do everything in a new organization, and lets the others in. */
export interface FirstAdmin {
  email: string;
  name: string;
  /** An argon2id PHC string. */
  passwordHash: string;
}

/**
 * Writes an organization, what every one starts with, and its super admin, in one transaction.
 * @returns false, and nothing is written, where the slug is taken.
 */
export async function writeOrganization(
  databaseUrl: string,
  organization: OrganizationIdentity,
  admin: FirstAdmin,
  { at, newId }: { at: Instant; newId: () => string },
): Promise<boolean> {
  const rows = newOrganizationRows(organization, at, newId);
  const scenarios = await builtInScenarioRows(organization.id, at, newId);
  const role = rows.roles.find(({ key }) => key === "super_admin")!;
  return onOneConnection(databaseUrl, (client) =>
    drizzle(client).transaction(async (tx) => {
      const written = await tx
        .insert(schema.organizations)
        .values(rows.organization)
        .onConflictDoNothing({ target: schema.organizations.slug })
        .returning();
      if (written.length === 0) return false;
      await tx.insert(schema.roles).values(rows.roles);
      await tx.insert(schema.users).values(rows.simulatedCustomer);
      await tx.insert(schema.users).values({
        ...admin,
        organizationId: organization.id,
        id: newId(),
        roleId: role.id,
        timeZone: organization.timeZone,
        locale: organization.locale,
        createdAt: at,
        updatedAt: at,
      });
      await tx.insert(schema.businessCalendars).values(rows.calendar);
      await tx.insert(schema.slaPolicies).values(rows.policies);
      await tx.execute(
        loggingOf({ organizationId: sql`${organization.id}`, at: sql`${at}`, ids: sql`null` }),
      );
      await tx.insert(schema.ticketStatuses).values(rows.statuses);
      await tx.insert(schema.ticketStatusTransitions).values(rows.transitions);
      await tx.insert(schema.ticketCounters).values(rows.counters);
      await tx.insert(schema.mailAddresses).values(rows.mailAddress);
      await tx.insert(schema.scenarios).values(scenarios);
      return true;
    }),
  );
}
