import { type Reader, exportLines, exportedTables, pagesOfTable, tableNameOf } from "@helpdesk/db";

/** Lines of JSON in one file of an archive, each page of them read when it is written. */
export interface Part {
  name: string;
  pages(reader: Reader): AsyncGenerator<readonly object[]>;
}

/** All parts that are lines, in the order they are written in. */
export const parts: readonly Part[] = [
  // What an import takes, in the order to import it in.
  { name: "users.jsonl", pages: exportLines.users },
  { name: "tickets.jsonl", pages: exportLines.tickets },
  { name: "articles.jsonl", pages: exportLines.articles },
  ...exportedTables.map((exported) => ({
    name: `tables/${tableNameOf(exported.table)}.jsonl`,
    pages: (reader: Reader) => pagesOfTable(reader, exported),
  })),
];

export const FILES = "files";
export const MANIFEST = "manifest.json";

/** What an export goes through, by the names its progress has for them. */
export const partNames = ({ includesFiles }: { includesFiles: boolean }): string[] => [
  ...parts.map(({ name }) => name),
  ...(includesFiles ? [FILES] : []),
  MANIFEST,
];
