/** Where others may have named a person, by table. */
export interface MentionTable {
  table: string;
  /** The columns of its key besides the organization, in order, with what they are. */
  key: readonly (readonly [column: string, type: keyof typeof firstKeys])[];
  texts?: readonly string[];
  /** Of JSON: what its values say, never its keys. */
  objects?: readonly string[];
  /** What no other row of the table may have, and whose id goes to its end where something is erased in it. */
  unique?: { column: string; is: "name" | "slug"; of: string };
  /** Whether it says, but for descriptions, what the organization calls its things: a name of one word is a word there. */
  isOfThings?: boolean;
  /** Whether somebody may have the row open to save it whole: then it is another version. */
  isVersioned?: boolean;
}

/** What all keys of a type come after. */
export const firstKeys = {
  uuid: "00000000-0000-0000-0000-000000000000",
  int: "-1",
  text: "",
} as const;

const id = [["id", "uuid"]] as const;
const name = { column: "name", is: "name", of: "id" } as const;

export const mentionTables: readonly MentionTable[] = [
  // Of themselves it goes with their row.
  { table: "users", key: id, texts: ["job_title"], objects: ["preferences"], isVersioned: true },
  { table: "roles", key: id, texts: ["name", "description"], isOfThings: true, isVersioned: true },
  { table: "api_keys", key: id, texts: ["name"], isVersioned: true },
  {
    table: "departments",
    key: id,
    texts: ["description"],
    unique: name,
    isOfThings: true,
    isVersioned: true,
  },
  { table: "business_calendars", key: id, unique: name, isOfThings: true },
  { table: "calendar_holidays", key: id, texts: ["name"], isOfThings: true },
  { table: "sla_policies", key: id, unique: name, isOfThings: true },
  { table: "sla_rules", key: [["version", "int"]], objects: ["rules"], isOfThings: true },
  { table: "sla_cycles", key: id, objects: ["reason"] },
  { table: "ticket_statuses", key: id, texts: ["name"], isOfThings: true, isVersioned: true },
  {
    table: "tickets",
    key: id,
    texts: ["title", "description"],
    objects: ["custom_fields"],
    isVersioned: true,
  },
  { table: "ticket_comments", key: id, texts: ["body"] },
  {
    table: "ticket_comment_versions",
    key: [
      ["comment_id", "uuid"],
      ["version", "int"],
    ],
    texts: ["body"],
  },
  { table: "ticket_history", key: id, objects: ["changes"] },
  { table: "events", key: id, objects: ["data"] },
  { table: "notifications", key: id, texts: ["mail_problem"], objects: ["data"] },
  { table: "attachments", key: id, texts: ["name"] },
  {
    table: "inbound_mails",
    key: id,
    texts: ["from_name", "subject", "body"],
    objects: ["refused", "envelope"],
  },
  { table: "tags", key: id, unique: name, isOfThings: true, isVersioned: true },
  { table: "macros", key: id, texts: ["description"], objects: ["actions"], unique: name, isVersioned: true },
  { table: "views", key: id, objects: ["conditions"], unique: name, isVersioned: true },
  {
    table: "ticket_fields",
    key: id,
    texts: ["name", "description"],
    objects: ["choices"],
    isOfThings: true,
    isVersioned: true,
  },
  {
    table: "ticket_templates",
    key: id,
    texts: ["description"],
    objects: ["defaults"],
    unique: name,
    isVersioned: true,
  },
  { table: "ticket_ratings", key: id, texts: ["comment"] },
  { table: "saved_reports", key: id, objects: ["definition"], unique: name, isVersioned: true },
  {
    table: "kb_categories",
    unique: { column: "slug", is: "slug", of: "id" },
    key: id,
    texts: ["name", "description"],
    isVersioned: true,
  },
  {
    table: "kb_articles",
    unique: { column: "slug", is: "slug", of: "id" },
    key: id,
    texts: ["title", "summary", "body", "draft_title", "draft_summary", "draft_body"],
    isVersioned: true,
  },
  {
    table: "kb_article_slugs",
    key: [["slug", "text"]],
    unique: { column: "slug", is: "slug", of: "article_id" },
  },
  { table: "kb_article_versions", key: id, texts: ["title", "summary", "body", "reason"] },
  { table: "kb_feedback", key: id, texts: ["comment"] },
  { table: "mail_templates", key: [["key", "text"]], texts: ["subject", "body"], isVersioned: true },
  { table: "webhooks", key: id, unique: name, isVersioned: true },
  { table: "webhook_deliveries", key: id, texts: ["body"] },
  { table: "webhook_attempts", key: id, texts: ["answer"] },
  { table: "training_assignments", key: id, texts: ["note"], isVersioned: true },
  { table: "ticket_reviews", key: id, texts: ["comment", "agent_reply"], isVersioned: true },
  { table: "import_files", key: id, texts: ["name"] },
  { table: "imports", key: id, texts: ["file_name"], objects: ["mapping"] },
  {
    table: "import_problems",
    key: [
      ["import_id", "uuid"],
      ["line", "int"],
      ["ordinal", "int"],
    ],
    texts: ["value"],
  },
  { table: "certificates", key: id, texts: ["revocation_reason"] },
];
