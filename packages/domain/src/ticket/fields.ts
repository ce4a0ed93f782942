import { isInstant } from "../instant.ts";
import { refuse } from "../refusal.ts";
import type { CustomerAccess, FieldKind, FieldNeed } from "../values.ts";
import type { Change, Labelled } from "./ticket.ts";

export interface FieldOption {
  key: string;
  name: string;
  /** Kept for the tickets that have it; no ticket is given it any more. */
  isArchived: boolean;
}

/** A custom field of an organization. */
export interface TicketField {
  id: string;
  /** For life, as is the kind: tickets and history name the field by it. */
  key: string;
  name: string;
  kind: FieldKind;
  /** Of a select or multi_select, in their order. */
  options: readonly FieldOption[];
  /** Of a number: the least and the most it may be. */
  min: number | null;
  max: number | null;
  /** What needs a value: opening a ticket, by those who may set it, and resolving it; or only resolving it. */
  requiredTo: FieldNeed | null;
  customerAccess: CustomerAccess;
}

/** A date is `2026-01-31`; of a select it is an option's key, of a multi_select several. */
export type FieldValue = string | number | boolean | readonly string[];

/** What a ticket has, by the field's key; what is not set is not there. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** What is to be set; null takes a value away. */
export type FieldPatch = Readonly<Record<string, FieldValue | null>>;

export type FieldProblemReason =
  | "unknown"
  | "read_only"
  | "required"
  | "wrong_kind"
  | "too_long"
  | "out_of_range"
  | "not_an_option";

export interface FieldProblem {
  key: string;
  reason: FieldProblemReason;
}

/** By whose hand fields are set: a customer's reaches only those that customers may edit. */
export type FieldHand = "staff" | "customer";

export const fieldTextLimits = { text: 300, long_text: 10_000 } as const;

export const fieldValueOf = (values: FieldValues, key: string): FieldValue | null =>
  Object.hasOwn(values, key) ? values[key]! : null;

/** Choices are in the order that options had when they were set: the same ones in another order are no other value. */
function isSame(a: FieldValue | null, b: FieldValue | null): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((key) => b.includes(key));
}

/**
 * The values with a patch over them. What is so already is not looked at again, so that an archived option may stay.
 * A blank text and an empty choice are no value. `isKept` tells which fields may not be left without one.
 * @throws RefusalError `field.invalid` with every problem at once.
 */
export function patchFields(
  fields: readonly TicketField[],
  before: FieldValues,
  patch: FieldPatch,
  hand: FieldHand,
  isKept: (field: TicketField) => boolean = () => false,
): FieldValues {
  const problems: FieldProblem[] = [];
  const after = new Map(Object.entries(before));
  for (const [key, given] of Object.entries(patch)) {
    const field = fields.find((each) => each.key === key);
    const value = field ? canonical(field, given) : null;
    const known = fieldValueOf(before, key);
    const reason = problemOf(field, value, known, hand, isKept);
    if (reason) problems.push({ key, reason });
    else if (value === null) after.delete(key);
    else if (!isSame(value, known)) after.set(key, value);
  }
  if (problems.length > 0) refuse({ code: "field.invalid", problems });
  return Object.fromEntries(after);
}

function problemOf(
  field: TicketField | undefined,
  value: FieldValue | null,
  known: FieldValue | null,
  hand: FieldHand,
  isKept: (field: TicketField) => boolean,
): FieldProblemReason | null {
  if (!field || (hand === "customer" && field.customerAccess === "none")) return "unknown";
  if (isSame(value, known)) return null;
  if (hand === "customer" && field.customerAccess === "read") return "read_only";
  if (value === null) return isKept(field) ? "required" : null;
  return unfit(field, value, known);
}

/** A value as it is kept: texts trimmed, choices in the order of the options and once each. */
function canonical({ kind, options }: TicketField, given: FieldValue | null): FieldValue | null {
  if (typeof given === "string") {
    const text = given.trim();
    return text === "" ? null : text;
  }
  // Zero has no sign once it is stored.
  if (typeof given === "number") return given + 0;
  if (kind !== "multi_select" || given === null || typeof given !== "object") return given;
  const placeOf = (key: string) => options.findIndex((option) => option.key === key);
  const chosen = [...new Set(given)].toSorted((a, b) => placeOf(a) - placeOf(b));
  return chosen.length === 0 ? null : chosen;
}

function unfit(
  { kind, options, min, max }: TicketField,
  value: FieldValue,
  known: FieldValue | null,
): FieldProblemReason | null {
  const isOption = (key: string) =>
    options.some((option) => option.key === key && (!option.isArchived || [known].flat().includes(key)));
  switch (kind) {
    case "text":
    case "long_text":
      if (typeof value !== "string" || (kind === "text" && /\p{Cc}/u.test(value))) return "wrong_kind";
      return value.length > fieldTextLimits[kind] ? "too_long" : null;
    case "number":
      if (typeof value !== "number" || !Number.isFinite(value)) return "wrong_kind";
      return (min !== null && value < min) || (max !== null && value > max) ? "out_of_range" : null;
    case "boolean":
      return typeof value === "boolean" ? null : "wrong_kind";
    case "date":
      return typeof value === "string" && isInstant(`${value}T00:00:00.000Z`) ? null : "wrong_kind";
    case "select":
      if (typeof value !== "string") return "wrong_kind";
      return isOption(value) ? null : "not_an_option";
    case "multi_select":
      if (typeof value !== "object") return "wrong_kind";
      return value.every(isOption) ? null : "not_an_option";
  }
}

/** @throws RefusalError `field.required` with the keys of those without a value. */
export function expectFilled(fields: readonly TicketField[], values: FieldValues): void {
  const keys = fields.filter(({ key }) => fieldValueOf(values, key) === null).map(({ key }) => key);
  if (keys.length > 0) refuse({ code: "field.required", keys });
}

/** Those that a ticket is not opened without by this hand: a customer answers for what customers may edit. */
export const neededToOpen = (fields: readonly TicketField[], hand: FieldHand): TicketField[] =>
  fields.filter(
    ({ requiredTo, customerAccess }) =>
      requiredTo === "open" && (hand === "staff" || customerAccess === "edit"),
  );

/** What is needed to open a ticket is needed to resolve it too, whoever opened it. */
export const neededToResolve = (fields: readonly TicketField[]): TicketField[] =>
  fields.filter(({ requiredTo }) => requiredTo !== null);

/** A value with the words it had at that time. */
export function fieldLabel({ options }: Pick<TicketField, "options">, value: FieldValue): Labelled {
  const nameOf = (key: string) => options.find((option) => option.key === key)?.name ?? key;
  if (typeof value === "object") return { id: value.join(","), label: value.map(nameOf).join(", ") };
  if (typeof value === "boolean") return { id: String(value), label: value ? "Yes" : "No" };
  const text = String(value);
  return { id: options.length === 0 ? "" : text, label: nameOf(text) };
}

/** Of each field that is not the same after as before, both. */
export function fieldChanges(
  fields: readonly TicketField[],
  before: FieldValues,
  after: FieldValues,
): Record<string, Change> {
  const labelled = (field: TicketField, values: FieldValues) => {
    const value = fieldValueOf(values, field.key);
    return value === null ? null : fieldLabel(field, value);
  };
  return Object.fromEntries(
    fields
      .filter(({ key }) => !isSame(fieldValueOf(before, key), fieldValueOf(after, key)))
      .map((field) => [field.key, { from: labelled(field, before), to: labelled(field, after) }]),
  );
}

export interface FieldDraft {
  kind: FieldKind;
  options: readonly { key: string; name: string }[];
  min: number | null;
  max: number | null;
}

export type FieldDraftProblem =
  | "options_missing"
  | "options_out_of_place"
  | "option_repeated"
  | "limits_out_of_place"
  | "limits_crossed";

/** What is wrong with a field as it is about to be saved, or null. */
export function draftProblem({ kind, options, min, max }: FieldDraft): FieldDraftProblem | null {
  const isChoice = kind === "select" || kind === "multi_select";
  if (isChoice && options.length === 0) return "options_missing";
  if (!isChoice && options.length > 0) return "options_out_of_place";
  if (new Set(options.map(({ key }) => key)).size < options.length) return "option_repeated";
  if (kind !== "number" && (min !== null || max !== null)) return "limits_out_of_place";
  return min !== null && max !== null && min > max ? "limits_crossed" : null;
}

/** The wanted options in their order, and behind them, archived, those that are left out: a key is for life. */
export const withArchived = (
  before: readonly FieldOption[],
  wanted: readonly { key: string; name: string }[],
): FieldOption[] => [
  ...wanted.map(({ key, name }) => ({ key, name, isArchived: false })),
  ...before
    .filter(({ key }) => !wanted.some((option) => option.key === key))
    .map((option) => ({ ...option, isArchived: true })),
];
