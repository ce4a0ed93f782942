import { refuse } from "../refusal.ts";
import type { ImportFormat, ImportKind } from "../values.ts";
import { textsOf, delimiterOf } from "./csv.ts";
import { fieldsOfLine, guessMapping, isFieldOfLine } from "./mapping.ts";
import type { LineLayout } from "./read-line.ts";

export type ImportFileProblem = "empty" | "encoding" | "header";

/** How many bytes of a file are looked at for its encoding and its header. */
export const headBytes = 65_536;

const BOM = [0xef, 0xbb, 0xbf];

/** How many bytes stand before the first record: UTF-8 may have a mark. @throws RefusalError `import.file_unreadable` for other encodings, and for nothing at all. */
export function startOf(head: Uint8Array): number {
  if (head.length === 0) return refuse({ code: "import.file_unreadable", problem: "empty" });
  const [one, two] = head;
  const isUtf16 = (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff);
  // UTF-16 without a mark has a NUL in one of its first letters.
  if (isUtf16 || one === 0 || two === 0) refuse({ code: "import.file_unreadable", problem: "encoding" });
  return BOM.every((byte, i) => head[i] === byte) ? 3 : 0;
}

/**
 * How a file's lines are read: its header, and which column is which field, by `asked` where that says and by their
 * names otherwise. @throws RefusalError `import.file_unreadable`, `import.mapping_invalid` with all that is wrong at once.
 */
export function layoutOf(
  { kind, format }: { kind: ImportKind; format: ImportFormat },
  header: string | null,
  asked: Readonly<Record<string, string>>,
): LineLayout {
  if (format === "jsonl") return { kind, format, delimiter: "", columns: [], fields: {} };
  const text = header ?? refuse({ code: "import.file_unreadable", problem: "header" });
  const delimiter = delimiterOf(text);
  const columns = textsOf(text, delimiter).map((column) => column.trim());
  // Spreadsheets leave columns without a name behind.
  const named = columns.filter((column) => column !== "");
  if (named.length === 0 || new Set(named).size < named.length)
    refuse({ code: "import.file_unreadable", problem: "header" });
  const problems = Object.entries(asked).flatMap(([field, column]) =>
    isFieldOfLine(kind, field) ? (named.includes(column) ? [] : [column]) : [field],
  );
  const wanted = Object.values(asked);
  const guessed = Object.entries(guessMapping(kind, columns)).filter(
    ([field, column]) => !(field in asked) && !wanted.includes(column),
  );
  const fields = { ...Object.fromEntries(guessed), ...asked };
  const missing = neededOf(kind).filter((field) => !(field in fields));
  if (problems.length + missing.length > 0)
    refuse({
      code: "import.mapping_invalid",
      unknown: problems,
      missing,
      columns,
      known: fieldsOfLine(kind),
    });
  return { kind, format, delimiter, columns, fields };
}

const needed = { tickets: ["title", "customer"], users: ["email", "name"], articles: ["slug", "category"] };
const neededOf = (kind: ImportKind): string[] => needed[kind];
