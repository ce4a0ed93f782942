import type { TemplateDefaults } from "@helpdesk/domain";
import type { ticketFields } from "../schema/index.ts";

export type SeededField = Pick<
  typeof ticketFields.$inferInsert,
  "key" | "name" | "kind" | "customerAccess"
> & {
  options?: Readonly<Record<string, string>>;
};

export interface SeededTemplate {
  name: string;
  isForCustomers: boolean;
  defaults: Omit<TemplateDefaults, "tagIds">;
  /** By name. */
  tags?: readonly string[];
}

export const lumenFields: readonly SeededField[] = [
  {
    key: "product",
    name: "Product",
    kind: "select",
    customerAccess: "edit",
    options: { invoices: "Invoices", till: "Till", api: "API" },
  },
  { key: "invoice_number", name: "Invoice number", kind: "text", customerAccess: "edit" },
  { key: "root_cause", name: "Root cause", kind: "long_text", customerAccess: "none" },
];

export const lumenTemplates: readonly SeededTemplate[] = [
  {
    name: "Refund",
    isForCustomers: true,
    defaults: {
      title: "I would like a refund",
      description: "Which invoice is it about, and what went wrong?",
      priority: "medium",
      fields: { product: "invoices" },
    },
    tags: ["refund"],
  },
];

export const northwindFields: readonly SeededField[] = [
  { key: "frame_number", name: "Frame number", kind: "text", customerAccess: "edit" },
];

export const northwindTemplates: readonly SeededTemplate[] = [
  {
    name: "Repair",
    isForCustomers: true,
    defaults: { title: "My bicycle needs a repair", description: "What is broken?" },
  },
];
