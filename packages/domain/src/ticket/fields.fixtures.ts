import type { TicketField } from "./fields.ts";

const field = (change: Partial<TicketField> & Pick<TicketField, "key" | "kind">): TicketField => ({
  id: `id of ${change.key}`,
  name: change.key.toUpperCase(),
  options: [],
  min: null,
  max: null,
  requiredTo: null,
  customerAccess: "edit",
  ...change,
});
const option = (key: string, isArchived = false) => ({ key, name: `the ${key}`, isArchived });

/** One of each kind, and of each reach of customers. */
export const fields: TicketField[] = [
  field({ key: "serial", kind: "text" }),
  field({ key: "story", kind: "long_text" }),
  field({ key: "seats", kind: "number", min: 1, max: 10 }),
  field({ key: "insured", kind: "boolean" }),
  field({ key: "bought", kind: "date" }),
  field({ key: "size", kind: "select", options: [option("small"), option("large"), option("huge", true)] }),
  field({ key: "parts", kind: "multi_select", options: [option("bell"), option("brake"), option("lamp")] }),
  field({ key: "cause", kind: "text", customerAccess: "none", requiredTo: "resolve" }),
  field({ key: "rating", kind: "number", customerAccess: "read" }),
];
