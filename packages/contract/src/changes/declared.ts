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

/** What is wrong with how these changes are declared: empty where each is, with a reason, and nothing else. */
export function undeclared(changes: readonly string[], declarations: readonly Declaration[]): string[] {
  const declared = new Set(declarations.flatMap(({ lines }) => lines));
  return [
    ...changes.filter((change) => !declared.has(change)).map((change) => `not declared: ${change}`),
    ...declarations.flatMap(({ file, lines, reason }) => [
      ...(reason === "" ? [`${file} gives no reason`] : []),
      ...lines
        .filter((line) => !changes.includes(line))
        .map((line) => `${file} declares what did not change: ${line}`),
    ]),
  ];
}
