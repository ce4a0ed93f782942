import { type OrganizationSettings, findOrganization } from "@helpdesk/db";
import type { Context } from "../context.ts";

export interface OrganizationView extends Omit<OrganizationSettings, "surveyDelaySeconds"> {
  satisfactionSurvey: { delaySeconds: number } | null;
}

export const toOrganization = ({
  surveyDelaySeconds: delaySeconds,
  ...settings
}: OrganizationSettings): OrganizationView => ({
  ...settings,
  satisfactionSurvey: delaySeconds === null ? null : { delaySeconds },
});

/** The organization one is signed in to, with its settings. */
export const getOrganization = async ({ read }: Context): Promise<OrganizationView> =>
  toOrganization((await findOrganization.first(read))!);
