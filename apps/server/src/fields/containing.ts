import { type FieldValue, may, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/** The values that a filter asks tickets to have. Fields that are not for the reader are unknown. @throws RefusalError `field.invalid`. */
export function containing(
  { desk, actor }: Context,
  filter: Readonly<Record<string, string | number | boolean>>,
): Record<string, FieldValue> {
  const known = new Map(
    desk.fields
      .filter(({ customerAccess }) => customerAccess !== "none" || may(actor, "ticket.note"))
      .map((field) => [field.key, field]),
  );
  const unknown = Object.keys(filter).filter((key) => !known.has(key));
  if (unknown.length > 0) {
    refuse({ code: "field.invalid", problems: unknown.map((key) => ({ key, reason: "unknown" })) });
  }
  return Object.fromEntries(
    Object.entries(filter).map(([key, value]) => [
      key,
      known.get(key)!.kind === "multi_select" ? [String(value)] : value,
    ]),
  );
}
