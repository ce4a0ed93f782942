/** Phrases that are written one after the other, with a bar between them. */
export const linesOf = (text: string): string[] =>
  text
    .split("|")
    .map((line) => line.replaceAll(/\s+/gu, " ").trim())
    .filter((line) => line !== "");
