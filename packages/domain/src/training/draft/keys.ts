import { isMixed, ORDINARY } from "./passwords.ts";
import type { Finding } from "./removal.ts";

const KNOWN_KEY =
  /\b(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[abprs]|hdp|akia|asia|aiza|eyj|npm|ya29)[_\-.]?[a-z0-9_\-./+=]{8,}|-----begin [^-]*-----[\s\S]*?(?:-----end [^-]*-----|$)|\bssh-(?:rsa|ed25519)\s+\S+/gi;
const NAMED_KEY =
  /\b(?:(?:api|access|secret|private|licen[cs]e|product|session|auth|app|recovery|activation)[\s_-]?(?:key|token|id|secret|code)|bearer|token|client secret)\b(?<is>\s*(?:is\b|was\b|:|=|->)*\s*)"?(?<value>[a-z0-9][a-z0-9_\-./+=]{5,})/dgi;
const LONG = /[a-z0-9_\-/+=]{8,}(?:\n[a-z0-9_\-/+=]{6,})*/gi;

/** Keys by their name or beginning, and long words that no person would make, over line breaks too. */
export function keys(text: string): Finding[] {
  const known = Array.from(text.matchAll(KNOWN_KEY), ({ 0: word, index }) => key(index, word));
  const named = [...text.matchAll(NAMED_KEY)].flatMap(({ groups, indices }) => {
    const { value, is } = groups as { value: string; is: string };
    const isSaid = !ORDINARY.has(value.toLowerCase()) && (/[:=]/.test(is) || value.length >= 12);
    return isMixed(value) || isSaid ? [key(indices!.groups!["value"]![0], value)] : [];
  });
  // Hexadecimal letters alone make no word of that length.
  const hexadecimal = Array.from(
    text.matchAll(/(?<=\bkeys?\s*(?:is\b|was\b|:|=)?\s*)\b[0-9a-f]{8,}\b|\b[0-9a-f]{12,}\b/gi),
    ({ 0: word, index }) => key(index, word),
  ).filter(({ identity }) => /[a-f]/i.test(identity));
  // Product keys, four letters and more between hyphens.
  const grouped = Array.from(
    text.matchAll(/\b[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,}\b/g),
    ({ 0: word, index }) => key(index, word),
  );
  const random = [...text.matchAll(LONG)].flatMap(({ 0: run, index }) => {
    const parts = [...run.matchAll(/[^\n]+/g)];
    if (!parts.some(([part]) => isRandom(part))) return [];
    return parts
      .filter(([part]) => isRandom(part) || !/^[A-Z]?[a-z'-]*$/.test(part))
      .map((part) => key(index + part.index, part[0]));
  });
  return [...known, ...named, ...hexadecimal, ...grouped, ...random];
}

/** Letters and digits change places too often, or small letters and capitals. */
function isRandom(word: string): boolean {
  const changes = word.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;
  const rises = word.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
  const hasDigit = /\d/.test(word);
  return (
    (word.length >= 8 && changes >= 3) ||
    (word.length >= 12 && hasDigit && changes >= 2) ||
    (word.length >= 12 && rises >= 3) ||
    (word.length >= 24 && hasDigit && /[a-z]/i.test(word))
  );
}

const key = (start: number, value: string): Finding => ({
  kind: "key",
  start,
  end: start + value.length,
  identity: value,
});
