import { type FieldValue, may, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";

/**
 * The values that a filter asks tickets to have, and whether a field is among them that customers do not see.
 * Fields that are not for the reader are unknown. @throws RefusalError `field.invalid`.
 */
export function containing(
  { desk, actor }: Context,
  filter: Readonly<Record<string, string | number | boolean>>,
): { values: Record<string, FieldValue>; isStaffs: boolean } {
  const known = new Map(
    desk.fields
      .filter(({ customerAccess }) => customerAccess !== "none" || may(actor, "ticket.note"))
      .map((field) => [field.key, field]),
  );
  const unknown = Object.keys(filter).filter((key) => !known.has(key));
  if (unknown.length > 0) {
    refuse({ code: "field.invalid", problems: unknown.map((key) => ({ key, reason: "unknown" })) });
  }
  const entries = Object.entries(filter).map(([key, value]) => [
    key,
    known.get(key)!.kind === "multi_select" ? [String(value)] : value,
  ]);
  return {
    values: Object.fromEntries(entries),
    isStaffs: Object.keys(filter).some((key) => known.get(key)!.customerAccess === "none"),
  };
}
