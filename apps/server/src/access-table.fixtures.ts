interface Row {
  path: string;
  of: string;
  /** One for each role. */
  outcomes: string[];
}

/** The page that is committed and reviewed: one line for each procedure and thing it is called on. */
export function accessTable(roles: readonly string[], rows: readonly Row[]): string {
  const lines = rows
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    .map(({ path, of, outcomes }) => [path, of, ...outcomes]);
  const all = [["procedure", "on", ...roles], ...lines];
  const widths = all[0]!.map((_, x) => Math.max(...all.map((line) => line[x]!.length)));
  const written = all.map((line) => `| ${line.map((cell, x) => cell.padEnd(widths[x]!)).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [
    "# Who may do what",
    "",
    "Every procedure by every role on everything it can be called on, as `access.test.ts` found it over HTTP.",
    "`permission.denied`, `auth.required`, `….not_found` and `….exceeds_own` keep the caller out;",
    "any other refusal is about the state of the thing: the caller was let in.",
    "After a deliberate change: `npx -y pnpm@12 test access -u`, then read the difference line by line.",
    "",
    written[0],
    rule,
    ...written.slice(1),
    "",
  ].join("\n");
}
