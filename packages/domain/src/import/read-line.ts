import type { z } from "zod";
import type { ImportFormat, ImportKind } from "../values.ts";
import { textsOf } from "./csv.ts";
import { lineSchemas } from "./line.ts";
import type { FileRecord } from "./records.ts";

/** What is wrong with a line; `field` is null where it is about the line as a whole. */
export interface LineProblem {
  field: string | null;
  reason: LineReason;
  /** What stands there, cut short. */
  value: string;
}

export const lineReasons = [
  "too_long",
  "not_utf8",
  "characters",
  "quote_unclosed",
  "too_many_cells",
  "not_json",
  "unknown_field",
  "missing",
  "empty",
  "wrong_type",
  "not_allowed",
  "out_of_range",
  "instant",
  "taken",
  "unknown",
  "not_eligible",
  "before_creation",
  "in_future",
  "contradictory",
  "exceeds_own",
  "importer_may_not",
  "defect",
] as const;
export type LineReason = (typeof lineReasons)[number];

export interface LineLayout {
  kind: ImportKind;
  format: ImportFormat;
  delimiter: string;
  columns: readonly string[];
  /** The column's header, by field. */
  fields: Readonly<Record<string, string>>;
}

export type ReadLine<T> = { line: T; problems?: never } | { line?: never; problems: LineProblem[] };

const MAX_VALUE = 100;
const MAX_PROBLEMS = 20;

export const problem = (field: string | null, reason: LineReason, value: unknown = ""): LineProblem => {
  const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  return { field, reason, value: text.replaceAll("\0", "␀").toWellFormed().slice(0, MAX_VALUE) };
};

const bad = (...problems: LineProblem[]) => ({ problems: problems.slice(0, MAX_PROBLEMS) });

/** UTF-8 as text; null where it is none. */
export type Decode = (bytes: Uint8Array) => string | null;

/** What a record says, or everything that is wrong with it. */
export function readLine(record: FileRecord, layout: LineLayout, decode: Decode): ReadLine<unknown> {
  if (record.bytes === null) return bad(problem(null, "too_long"));
  if (record.isUnclosed) return bad(problem(null, "quote_unclosed"));
  const text = decode(record.bytes);
  if (text === null) return bad(problem(null, "not_utf8"));
  if (text.includes("\0")) return bad(problem(null, "characters", text));
  const given = layout.format === "csv" ? ofCells(text, layout) : ofJson(text);
  if (given.problems) return given;
  const parsed = lineSchemas[layout.kind].safeParse(given.line);
  if (parsed.success) return { line: parsed.data };
  return bad(...parsed.error.issues.map((issue) => problemOf(issue, given.line)));
}

function ofJson(text: string): ReadLine<unknown> {
  try {
    return { line: JSON.parse(text) };
  } catch {
    return bad(problem(null, "not_json", text));
  }
}

const lists: Readonly<Record<string, readonly string[]>> = {
  tickets: ["cc", "tags"],
  users: ["departments"],
  articles: ["departments"],
};
/** Keys, which others write with capitals. */
const keyed = ["status", "priority", "source", "role", "state", "visibility"];
/** What is no plain value stands in its cell as JSON. */
const asJson = ["comments", "category", "published", "draft", "fields"];

function ofCells(text: string, { kind, delimiter, columns, fields }: LineLayout): ReadLine<unknown> {
  const cells = textsOf(text, delimiter);
  if (cells.length > columns.length) return bad(problem(null, "too_many_cells", cells.at(-1)));
  const line: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  const problems: LineProblem[] = [];
  for (const [field, column] of Object.entries(fields)) {
    const cell = (cells[columns.indexOf(column)] ?? "").trim();
    // What is left blank is left out.
    if (cell === "") continue;
    if (field.startsWith("fields.")) custom[field.slice(7)] = cell;
    else if (lists[kind]!.includes(field)) line[field] = listOf(cell);
    else if (asJson.includes(field)) {
      try {
        line[field] = JSON.parse(cell);
      } catch {
        problems.push(problem(field, "not_json", cell));
      }
    } else if (keyed.includes(field)) line[field] = cell.toLowerCase();
    else line[field] = field === "number" && /^\d+$/.test(cell) ? Number(cell) : cell;
  }
  if (Object.keys(custom).length > 0) line["fields"] = { ...(line["fields"] as object), ...custom };
  return problems.length > 0 ? bad(...problems) : { line };
}

const listOf = (cell: string): string[] => [
  ...new Set(
    cell
      .split(/[,;]/)
      .map((each) => each.trim())
      .filter((each) => each !== ""),
  ),
];

function problemOf(issue: z.core.$ZodIssue, line: unknown): LineProblem {
  const value = issue.path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    line,
  );
  if (issue.code === "unrecognized_keys")
    return problem([...issue.path, issue.keys[0]].join("."), "unknown_field");
  const field = issue.path.length === 0 ? null : issue.path.join(".");
  return problem(field, reasonOf(issue, value), value);
}

function reasonOf(issue: z.core.$ZodIssue, value: unknown): LineReason {
  if (value === undefined) return "missing";
  switch (issue.code) {
    case "custom":
      return (
        (["characters", "empty", "instant"] as const).find((each) => each === issue.message) ?? "not_allowed"
      );
    case "too_big":
      return issue.origin === "string" ? "too_long" : "out_of_range";
    case "too_small":
      return issue.origin === "string" ? "empty" : "out_of_range";
    case "invalid_type":
    case "invalid_union":
      return "wrong_type";
    default:
      return "not_allowed";
  }
}
