import { type OrganizationSettings, findOrganization } from "@helpdesk/db";
import type { Context } from "../context.ts";

/** The organization one is signed in to, with its settings. */
export const getOrganization = async ({ read }: Context): Promise<OrganizationSettings> =>
  (await findOrganization.first(read))!;
