import { type Permission, permissions } from "./permission.ts";

export interface BuiltInRole {
  key: string;
  name: string;
  description: string;
  permissions: readonly Permission[];
}

const customer: Permission[] = ["ticket.open", "ticket.read_own", "ticket.reply"];

const agent: Permission[] = [
  "ticket.open",
  "ticket.open_for_customer",
  "ticket.read_own",
  "ticket.read_departments",
  "ticket.reply",
  "ticket.note",
  "ticket.take",
  "ticket.set_status",
  "ticket.set_priority",
  "ticket.route",
  "ticket.edit",
  "ticket.merge",
  "ticket.follow",
  "sla.read",
  "user.read",
  "training.practise",
  "review.read_own",
  "report.read_own",
  "kb.read_internal",
  "kb.write",
];

const manager: Permission[] = [
  ...agent,
  "ticket.assign",
  "user.invite",
  "role.read",
  "ticket.reopen",
  "tag.manage",
  "macro.manage",
  "view.share",
  "template.manage",
  "department.manage_own",
  "training.supervise",
  "scenario.manage",
  "review.write",
  "report.read_departments",
  "report.share",
  "kb.publish",
  "mail.manage",
];

const admin: Permission[] = [
  ...manager,
  "ticket.read_organization",
  "ticket.edit_comments",
  "user.deactivate",
  "status.manage",
  "field.manage",
  "organization.manage",
  "sla.manage",
  "department.manage",
  "training.supervise_organization",
  "certificate.revoke",
  "user.act_for",
  "api_key.manage",
  "webhook.manage",
  "import.manage",
  "export.manage",
  "audit.read",
  "report.read",
];

/** What every organization starts with. Only roles of one's own making can be changed. */
export const builtInRoles: readonly BuiltInRole[] = [
  {
    key: "super_admin",
    name: "Super admin",
    description: "May do everything in the organization.",
    permissions,
  },
  { key: "admin", name: "Admin", description: "Runs the desk and its people.", permissions: admin },
  {
    key: "manager",
    name: "Manager",
    description: "Leads departments and hands out work.",
    permissions: manager,
  },
  {
    key: "agent",
    name: "Agent",
    description: "Works on the tickets of their departments.",
    permissions: agent,
  },
  {
    key: "customer",
    name: "Customer",
    description: "Opens tickets and follows their own.",
    permissions: customer,
  },
];
