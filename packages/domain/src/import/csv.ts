/** The cells of one CSV record (RFC 4180). A quote that opens no cell stands for itself. */
export function textsOf(record: string, delimiter: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let cell = "";
    if (record[at] === '"') {
      at++;
      for (;;) {
        const quote = record.indexOf('"', at);
        if (quote < 0) {
          cell += record.slice(at);
          at = record.length;
          break;
        }
        cell += record.slice(at, quote);
        at = quote + 1;
        if (record[at] !== '"') break;
        cell += '"';
        at++;
      }
    }
    const next = record.indexOf(delimiter, at);
    cells.push(cell + record.slice(at, next < 0 ? undefined : next));
    if (next < 0) return cells;
    at = next + delimiter.length;
  }
}

const delimiters = [",", ";", "\t"];

/** What stands between the columns of a header: whatever is in it most often. */
export const delimiterOf = (header: string): string => {
  const count = (delimiter: string) => textsOf(header, delimiter).length;
  return delimiters.toSorted((a, b) => count(b) - count(a))[0]!;
};
