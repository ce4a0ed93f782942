import type { ImportKind } from "../values.ts";
import { lineSchemas } from "./line.ts";

/** What columns are called elsewhere, by the field that they are here. */
const otherNames: Record<ImportKind, Record<string, readonly string[]>> = {
  tickets: {
    externalId: ["id", "ticketid", "reference", "key"],
    title: ["subject", "summary"],
    description: ["body", "message", "text"],
    customer: ["customeremail", "requester", "requesteremail", "email"],
    customerName: ["requestername"],
    createdBy: ["submitter", "openedby", "creator"],
    assignee: ["assigneeemail", "agent", "owner"],
    department: ["group", "team"],
    cc: ["ccs", "collaborators"],
    tags: ["labels"],
    source: ["channel"],
    createdAt: ["created", "openedat"],
    updatedAt: ["updated", "modified"],
    resolvedAt: ["resolved", "solvedat"],
    closedAt: ["closed"],
  },
  users: {
    externalId: ["id", "userid"],
    email: ["mail", "emailaddress"],
    name: ["fullname", "displayname"],
    departments: ["department", "groups", "teams"],
    jobTitle: ["title"],
    createdAt: ["created"],
    deactivatedAt: ["deactivated", "suspendedat"],
  },
  articles: { externalId: ["id"], category: ["section"], createdAt: ["created"], updatedAt: ["updated"] },
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

/** The fields that a line of this kind has. Those of custom fields are `fields.<key>`. */
export const fieldsOfLine = (kind: ImportKind): string[] => Object.keys(lineSchemas[kind].shape);

export const isFieldOfLine = (kind: ImportKind, field: string): boolean =>
  fieldsOfLine(kind).includes(field) || (kind === "tickets" && /^fields\.[a-z][a-z0-9_]{0,62}$/.test(field));

/** Which column is which field, by their names; what nobody knows is left out. A column `fields.<key>` is that custom field. */
export function guessMapping(kind: ImportKind, columns: readonly string[]): Record<string, string> {
  const mapping: Record<string, string> = {};
  for (const field of fieldsOfLine(kind)) {
    const names = [plain(field), ...(otherNames[kind][field] ?? [])];
    const taken = new Set(Object.values(mapping));
    const column = names
      .map((name) => columns.find((each) => plain(each) === name && !taken.has(each)))
      .find((found) => found !== undefined);
    if (column !== undefined) mapping[field] = column;
  }
  for (const column of columns)
    if (column.startsWith("fields.") && isFieldOfLine(kind, column)) mapping[column] = column;
  return mapping;
}
