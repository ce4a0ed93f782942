import { del, get, patch, post, put, tagged } from "../route.ts";

export const organizationTable = [
  ...tagged("Organization", [
    get("/organization", "organization.get", "Read the organization's settings"),
    patch("/organization", "organization.update", "Change the organization's settings"),
    get("/statuses", "statuses.list", "Read the graph of statuses"),
    put("/statuses", "statuses.save", "Save the graph of statuses as a whole"),
  ]),
  ...tagged("Departments", [
    get("/departments", "departments.list", "List departments"),
    post("/departments", "departments.create", "Make a department", { made: "/departments/{id}" }),
    get("/departments/archived", "departments.listArchived", "List archived departments"),
    get("/departments/{departmentId}", "departments.get", "Read a department"),
    patch("/departments/{departmentId}", "departments.update", "Change a department"),
    post("/departments/{departmentId}/archive", "departments.archive", "Archive a department"),
    post("/departments/{departmentId}/restore", "departments.restore", "Restore an archived department"),
    get("/departments/{departmentId}/workload", "departments.workload", "Read who has how much to do"),
    put("/departments/{departmentId}/members", "departments.setMembers", "Set who belongs to a department"),
    put(
      "/departments/{departmentId}/members/{userId}/capacity",
      "departments.setMemberCapacity",
      "Set how many open tickets somebody may have",
    ),
  ]),
  ...tagged("Fields", [
    get("/fields", "fields.list", "List custom fields"),
    post("/fields", "fields.create", "Make a custom field"),
    put("/fields/order", "fields.reorder", "Order custom fields"),
    patch("/fields/{fieldId}", "fields.update", "Change a custom field"),
    post("/fields/{fieldId}/archive", "fields.archive", "Archive a custom field"),
    post("/fields/{fieldId}/restore", "fields.restore", "Restore an archived field"),
  ]),
  ...tagged("Tags", [
    get("/tags", "tags.list", "List tags"),
    post("/tags", "tags.create", "Make a tag"),
    patch("/tags/{tagId}", "tags.rename", "Rename or recolour a tag"),
    del("/tags/{tagId}", "tags.delete", "Delete a tag that nothing has"),
  ]),
  ...tagged("Macros", [
    get("/macros", "macros.list", "List macros"),
    post("/macros", "macros.create", "Make a macro"),
    patch("/macros/{macroId}", "macros.update", "Change a macro"),
    del("/macros/{macroId}", "macros.delete", "Delete a macro"),
  ]),
  ...tagged("Templates", [
    get("/templates", "templates.list", "List ticket templates"),
    post("/templates", "templates.create", "Make a ticket template"),
    patch("/templates/{templateId}", "templates.update", "Change a ticket template"),
    del("/templates/{templateId}", "templates.delete", "Delete a ticket template"),
  ]),
  ...tagged("SLA", [
    get("/tickets/{ticketId}/sla", "sla.explain", "Explain the time behind a ticket's clocks"),
    post("/sla/simulate", "sla.simulate", "Count due instants by a calendar"),
    get("/sla/policies", "sla.policies.list", "List SLA policies"),
    post("/sla/policies", "sla.policies.create", "Make an SLA policy"),
    put("/sla/policies/order", "sla.policies.order", "Order SLA policies"),
    put("/sla/policies/{policyId}", "sla.policies.update", "Replace an SLA policy"),
    get("/sla/calendars", "sla.calendars.list", "List business calendars"),
    post("/sla/calendars", "sla.calendars.create", "Make a business calendar"),
    put("/sla/calendars/{calendarId}", "sla.calendars.update", "Replace a business calendar"),
    post(
      "/sla/calendars/{calendarId}/holidays/import",
      "sla.calendars.importHolidays",
      "Add official holidays to a calendar",
    ),
    get("/sla/holiday-regions", "sla.calendars.listHolidayRegions", "List regions that have holidays"),
  ]),
];
