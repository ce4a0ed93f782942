import {
  type Actor,
  type Desk,
  type FieldValues,
  type Ticket,
  fieldKinds,
  fieldLabel,
  fieldValueOf,
  maySetField,
  seesNotes,
} from "@helpdesk/domain";
import { z } from "zod";

/** A field on a ticket, set or not. A value is null, or of the kind's type: see `tickets.setFields`. */
export const ticketFieldSchema = z.object({
  key: z.string(),
  name: z.string(),
  kind: z.enum(fieldKinds),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
  /** The value in words: of an option its name. */
  label: z.string().nullable(),
  /** Whether the reader may set it. */
  isEditable: z.boolean(),
});
export type TicketFieldView = z.output<typeof ticketFieldSchema>;

/** The organization's fields on a ticket, in their order, as far as the reader sees them. */
export const toTicketFields = (
  { fields }: Desk,
  actor: Actor,
  ticket: Pick<Ticket, "customerId" | "ccIds">,
  values: FieldValues,
): TicketFieldView[] =>
  fields
    .filter(({ customerAccess }) => customerAccess !== "none" || seesNotes(actor, ticket))
    .map((field) => {
      const value = fieldValueOf(values, field.key);
      return {
        key: field.key,
        name: field.name,
        kind: field.kind,
        value: typeof value === "object" && value !== null ? [...value] : value,
        label: value === null ? null : fieldLabel(field, value).label,
        isEditable: maySetField(actor, ticket, field),
      };
    });
