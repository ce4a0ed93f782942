/** Endings that a word loses, longest first, each with the letters that must stay. */
const endings: readonly [ending: string, keep: number, by: string][] = [
  ["ational", 4, "ate"],
  ["fulness", 3, "ful"],
  ["ization", 3, "ize"],
  ["ations", 3, "ate"],
  ["ation", 3, "ate"],
  ["ments", 4, ""],
  ["ingly", 3, ""],
  ["ment", 4, ""],
  ["ness", 3, ""],
  ["ings", 3, ""],
  ["edly", 3, ""],
  ["ies", 2, "y"],
  ["ing", 3, ""],
  ["ers", 3, "er"],
  ["ly", 3, ""],
  ["ed", 3, ""],
  ["es", 3, ""],
  ["s", 3, ""],
];

/** The stem of a lower-case English word: crude, and the same for words that belong together. */
export function stem(word: string): string {
  if (word.endsWith("ss") || word.endsWith("'s")) return word.replace(/'s$/, "");
  for (const [ending, keep, by] of endings) {
    if (word.endsWith(ending) && word.length - ending.length >= keep) {
      const left = word.slice(0, -ending.length) + by;
      const doubled = by === "" && /(.)\1$/.test(left) && !/(ll|ss|zz)$/.test(left);
      return (doubled ? left.slice(0, -1) : left).replace(/e$/, "");
    }
  }
  return word.length > 3 ? word.replace(/e$/, "") : word;
}
