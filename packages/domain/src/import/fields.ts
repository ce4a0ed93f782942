import { RefusalError } from "../refusal.ts";
import {
  type FieldPatch,
  type FieldProblemReason,
  type FieldValue,
  type FieldValues,
  type TicketField,
  patchFields,
} from "../ticket/fields.ts";
import { type LineProblem, type LineReason, problem } from "./read-line.ts";

const reasons: Record<FieldProblemReason, LineReason> = {
  unknown: "unknown",
  read_only: "not_allowed",
  required: "missing",
  wrong_kind: "wrong_type",
  too_long: "too_long",
  out_of_range: "out_of_range",
  not_an_option: "not_allowed",
};

/** Values of custom fields; a text that stands for another kind of value, as all cells do, is that value. */
export function importedFields(
  fields: readonly TicketField[],
  given: Readonly<Record<string, FieldValue>>,
): { values: FieldValues; problems: LineProblem[] } {
  const patch: FieldPatch = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      meant(
        fields.find((field) => field.key === key),
        value,
      ),
    ]),
  );
  try {
    return { values: patchFields(fields, {}, patch, "staff"), problems: [] };
  } catch (error) {
    if (!(error instanceof RefusalError) || error.refusal.code !== "field.invalid") throw error;
    const problems = error.refusal.problems.map(({ key, reason }) =>
      problem(`fields.${key}`, reasons[reason], given[key]),
    );
    return { values: {}, problems };
  }
}

const yes = ["true", "yes", "1"];
const no = ["false", "no", "0"];

function meant(field: TicketField | undefined, value: FieldValue): FieldValue {
  if (typeof value !== "string") return value;
  const text = value.trim();
  switch (field?.kind) {
    case "number":
      return text !== "" && Number.isFinite(Number(text)) ? Number(text) : value;
    case "boolean":
      return yes.includes(text.toLowerCase()) ? true : no.includes(text.toLowerCase()) ? false : value;
    case "multi_select":
      return text.split(/[,;]/).map((key) => key.trim());
    default:
      return value;
  }
}
