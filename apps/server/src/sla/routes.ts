import { z } from "zod";
import { pageOf } from "../schemas.ts";
import { allow, allowCostly } from "../trpc.ts";
import { createCalendar } from "./create-calendar.ts";
import { createPolicy } from "./create-policy.ts";
import { explain } from "./explain.ts";
import { importHolidays } from "./import-holidays.ts";
import * as input from "./input.ts";
import { listCalendars } from "./list-calendars.ts";
import { listHolidayRegions } from "./list-holiday-regions.ts";
import { listPolicies } from "./list-policies.ts";
import { orderPolicies } from "./order-policies.ts";
import { rebuild } from "./rebuild.ts";
import { simulate } from "./simulate.ts";
import { updateCalendar } from "./update-calendar.ts";
import { updatePolicy } from "./update-policy.ts";
import {
  calendarViewSchema,
  explanationSchema,
  holidayRegionSchema,
  importedHolidaysSchema,
  policySchema,
  rebuiltSchema,
  simulationSchema,
} from "./view.ts";

export const slaRoutes = {
  explain: allow("sla.read", "ticket.not_found")
    .input(input.explainInput)
    .output(explanationSchema)
    .query(({ ctx, input }) => explain(ctx, input)),

  simulate: allowCostly("sla.manage", "calendar.not_found")
    .input(input.simulateInput)
    .output(simulationSchema)
    .query(({ ctx, input }) => simulate(ctx, input)),

  rebuild: allowCostly("sla.manage", "cursor.invalid")
    .input(input.rebuildInput)
    .output(pageOf(rebuiltSchema))
    .query(({ ctx, input }) => rebuild(ctx, input)),

  policies: {
    list: allow("sla.read")
      .input(input.noInput)
      .output(z.array(policySchema))
      .query(({ ctx }) => listPolicies(ctx)),

    create: allow(
      "sla.manage",
      "calendar.not_found",
      "department.not_found",
      "tag.not_found",
      "sla_policy.name_taken",
      "sla_policy.unreachable",
      "sla_policy.person_not_eligible",
    )
      .input(input.createPolicyInput)
      .output(policySchema)
      .mutation(({ ctx, input }) => createPolicy(ctx, input)),

    update: allow(
      "sla.manage",
      "sla_policy.not_found",
      "calendar.not_found",
      "department.not_found",
      "tag.not_found",
      "sla_policy.name_taken",
      "sla_policy.unreachable",
      "sla_policy.person_not_eligible",
      "version.conflict",
    )
      .input(input.updatePolicyInput)
      .output(policySchema)
      .mutation(({ ctx, input }) => updatePolicy(ctx, input)),

    order: allow("sla.manage", "sla_policy.order_incomplete")
      .input(input.orderPoliciesInput)
      .output(z.array(policySchema))
      .mutation(({ ctx, input }) => orderPolicies(ctx, input)),
  },

  calendars: {
    list: allow("sla.read")
      .input(input.noInput)
      .output(z.array(calendarViewSchema))
      .query(({ ctx }) => listCalendars(ctx)),

    create: allow("sla.manage", "calendar.name_taken")
      .input(input.createCalendarInput)
      .output(calendarViewSchema)
      .mutation(({ ctx, input }) => createCalendar(ctx, input)),

    update: allow(
      "sla.manage",
      "calendar.not_found",
      "calendar.name_taken",
      "sla_policy.unreachable",
      "version.conflict",
    )
      .input(input.updateCalendarInput)
      .output(calendarViewSchema)
      .mutation(({ ctx, input }) => updateCalendar(ctx, input)),

    listHolidayRegions: allow("sla.manage", "holidays.country_unknown")
      .input(input.listHolidayRegionsInput)
      .output(z.array(holidayRegionSchema))
      .query(({ input }) => listHolidayRegions(input)),

    importHolidays: allow(
      "sla.manage",
      "calendar.not_found",
      "calendar.full",
      "holidays.country_unknown",
      "sla_policy.unreachable",
      "version.conflict",
    )
      .input(input.importHolidaysInput)
      .output(importedHolidaysSchema)
      .mutation(({ ctx, input }) => importHolidays(ctx, input)),
  },
};
