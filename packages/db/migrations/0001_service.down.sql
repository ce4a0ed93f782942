DROP TABLE "calendar_holidays";
DROP TABLE "department_members";
DROP TABLE "departments";
DROP TABLE "sla_rules";
DROP TABLE "sla_policies";
DROP TABLE "business_calendars";
DROP TABLE "ticket_status_transitions";
DROP TABLE "ticket_statuses";
