/** One of several lines, by a hash of seed, key and turn: the same again, and different elsewhere. */
export function variantOf(seed: string, key: string, turn: number, lines: readonly string[]): string {
  return lines[fnv1a(`${seed} ${key} ${turn}`) % lines.length]!;
}

/** Of several lines those that were not heard yet; where all were, those that were not heard last. */
export function freshOf(lines: readonly string[], heard: readonly string[]): readonly string[] {
  if (lines.length < 2) return lines;
  const unheard = lines.filter((line) => !heard.some((text) => text.includes(line)));
  if (unheard.length > 0) return unheard;
  const others = lines.filter((line) => !heard.at(-1)!.includes(line));
  return others.length > 0 ? others : lines;
}

/** The cast of a session, drawn by its seed. */
export const drawCast = <T>(seed: string, cast: readonly T[]): T =>
  cast[fnv1a(`${seed} cast`) % cast.length]!;

/** FNV-1a over UTF-16 code units, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // The low bits of FNV are poor; what is left of a division should be even.
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
