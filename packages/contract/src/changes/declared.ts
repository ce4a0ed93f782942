/** A change that was declared: the lines that it accounts for, and why it has to be. */
export interface Declaration {
  file: string;
  lines: string[];
  reason: string;
}

/** Reads a file of docs/contract/changes: one `- line` for each change, and what else it says is the reason. */
export function readDeclaration(file: string, text: string): Declaration {
  const all = text.split("\n");
  const lines = all.filter((line) => line.startsWith("- ")).map((line) => line.slice(2).trim());
  const reason = all
    .filter((line) => !line.startsWith("- ") && !line.startsWith("#"))
    .join(" ")
    .trim();
  return { file, lines, reason };
}

const MIN_WORDS = 4;

/** What a declared line accounts for: itself, with `*` for any characters, so that one value more of a list that many answers have is one line. */
function accountsFor(line: string): (change: string) => boolean {
  if (!line.includes("*")) return (change) => change === line;
  const parts = line.split("*").map((part) => RegExp.escape(part));
  const pattern = new RegExp(`^${parts.join(".*")}$`);
  return (change) => change === line || pattern.test(change);
}

/** Whether a line says too little to be about one thing. */
const isTooWide = (line: string): boolean =>
  line.includes("*") && line.split(/[\s*]+/).filter((word) => /\w/.test(word)).length < MIN_WORDS;

/** What is wrong with how these changes are declared: empty where each is, with a reason, and nothing else. */
export function undeclared(changes: readonly string[], declarations: readonly Declaration[]): string[] {
  const lines = declarations.flatMap((each) => each.lines).filter((line) => !isTooWide(line));
  const matchers = lines.map(accountsFor);
  return [
    ...changes
      .filter((change) => !matchers.some((isAccountedFor) => isAccountedFor(change)))
      .map((change) => `not declared: ${change}`),
    ...declarations.flatMap(({ file, lines: declared, reason }) => [
      ...(reason === "" ? [`${file} gives no reason`] : []),
      ...declared.filter(isTooWide).map((line) => `${file} declares too much at once: ${line}`),
      ...declared
        .filter((line) => !changes.some(accountsFor(line)))
        .map((line) => `${file} declares what did not change: ${line}`),
    ]),
  ];
}
