import type { Cell, ColumnOf } from "./columns.ts";

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const SPECIAL = /[",\r\n]/;

/** A cell of RFC 4180; a text that a spreadsheet would count out is kept from it by an apostrophe. */
export function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const lineOf = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** A head with the titles of the columns, then a line for each row, in pieces as the rows come. `withBom` for Excel. */
export async function* csvOf<Row>(
  columns: readonly ColumnOf<Row>[],
  pages: AsyncIterable<readonly Row[]>,
  { withBom }: { withBom: boolean },
): AsyncGenerator<string> {
  yield `${withBom ? "\uFEFF" : ""}${lineOf(columns.map(({ title }) => title))}`;
  for await (const rows of pages) {
    if (rows.length > 0) yield rows.map((row) => lineOf(columns.map(({ cell }) => cell(row)))).join("");
  }
}
