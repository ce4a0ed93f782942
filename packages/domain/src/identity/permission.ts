/** What a role may allow, with what it means to a person who edits roles. */
export const permissionMeanings = {
  "ticket.open": "Open tickets as their customer",
  "ticket.open_for_customer": "Open tickets on behalf of a customer",
  "ticket.read_own": "See the tickets one is the customer of",
  "ticket.read_departments":
    "See the tickets of one's departments, unrouted ones, those assigned to one, and one's own",
  "ticket.read_organization": "See every ticket",
  "ticket.reply": "Write public comments",
  "ticket.note": "Read and write internal notes",
  "ticket.take": "Take an unassigned ticket, and let go of it again",
  "ticket.assign": "Assign tickets to anyone eligible",
  "ticket.set_status": "Move tickets through their statuses",
  "ticket.set_priority": "Change priorities",
  "ticket.route": "Move tickets between departments",
  "ticket.reopen": "Reopen closed tickets, with a reason",
  "ticket.edit":
    "Change titles, descriptions, tags, followers, people in copy and links of tickets, many tickets at once, and use macros",
  "ticket.merge": "Merge tickets, undo merges, and split tickets",
  "ticket.edit_comments": "Edit comments that others wrote",
  "ticket.follow": "Follow tickets oneself",
  "tag.manage": "Make, rename and delete tags",
  "template.manage": "Make, change and delete ticket templates",
  "field.manage": "Make, change, order and archive custom fields",
  "view.share": "Make, change and delete the views of departments and of everybody",
  "macro.manage": "Make, change and delete macros",
  "status.manage": "Change the statuses and the ways between them",
  "organization.manage": "Change the organization's settings",
  "sla.read": "See policies and calendars, and why a ticket is due when it is",
  "sla.manage": "Change policies and calendars, try them on past tickets, and check the clocks",
  "training.practise": "Practise on simulated tickets, and see one's own scores and certificates",
  "training.supervise":
    "See how the people of the departments one manages train, correct recognised acts, and assign scenarios",
  "training.supervise_organization":
    "See how everybody trains, correct recognised acts, and assign scenarios",
  "scenario.manage": "Write, activate and retire training scenarios, and draft them from tickets",
  "certificate.revoke": "Revoke certificates",
  "review.read_own": "See the reviews of one's own work, and answer them",
  "review.write": "Review how others worked on tickets",
  "kb.read_internal": "Read the articles that are for those who work here",
  "kb.write": "Write articles and drafts of them, and see what readers say of them",
  "kb.publish": "Publish and archive articles, choose who may read them, and order the shelves",
  "mail.manage": "See which mails could not be sent or taken in, and decide what becomes of them",
  "user.read": "See the people of the organization",
  "user.invite": "Invite people",
  "user.deactivate": "Deactivate and reactivate people",
  "department.manage": "Create, change and archive departments, and choose who belongs to them",
  "department.manage_own":
    "Choose who belongs to the departments one manages, how much each can have, and who is away",
  "person.erase": "Erase people for good, with what they wrote",
  "retention.manage": "Say after how many days texts, files, mails and notifications go for good",
  "user.act_for": "Let one's services act on behalf of other people",
  "api_key.manage": "Make, change, rotate and revoke API keys",
  "webhook.manage": "Have other systems told of what happens to tickets, and see what they were told",
  "import.manage": "Import people, tickets and articles from files",
  "export.manage": "Export everything the organization has, and fetch the files",
  "audit.read": "Read the audit log",
  "role.read": "See roles and what they allow",
  "role.manage": "Create, change and give roles",
  "report.read_own": "See one's own workload",
  "report.read_departments":
    "Run reports over the tickets of one's departments, unrouted ones, and those assigned to one, with titles, customers' names and ratings",
  "report.read": "Run reports over every ticket, with titles, customers' names and ratings",
  "report.share": "Share reports, and change and delete shared ones",
} as const;

export type Permission = keyof typeof permissionMeanings;

export const permissions = Object.keys(permissionMeanings) as Permission[];

export const isPermission = (value: string): value is Permission => Object.hasOwn(permissionMeanings, value);

/** The permissions among what is stored of a role: one that the product no longer has allows nothing. */
export const permissionSet = (stored: readonly string[]): ReadonlySet<Permission> =>
  new Set(stored.filter(isPermission));
