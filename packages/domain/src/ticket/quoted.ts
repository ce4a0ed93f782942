/** A text and the history it carries at its end; the two together are the whole, character by character. */
export interface Quoting {
  text: string;
  quoted: string;
}

const isQuote = (line: string) => /^ {0,3}>/.test(line);
const isBlank = (line: string) => line.trim() === "";

/** "On Monday Ada wrote:" in the languages of the usual mail programs, on one line or the end of two. */
const introduces = (line: string) =>
  line.length <= 500 &&
  /\b(wrote|schrieb\b.*|a écrit|escribió|ha scritto|escreveu|schreef\b.*|napisał\(?a?\)?|skrev\b.*)\s?:\s*$/i.test(
    line,
  );

/** What mail programs put above a message that they quote whole, without marks. */
const divides = (line: string) =>
  line.length <= 100 &&
  /^\s*(-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original)\s*-{2,})\s*$/i.test(
    line,
  );

const isFence = (line: string) => /^ {0,3}(```|~~~)/.test(line);

/** Takes the quoted history off the end of a Markdown text: a divided message, or a last quote and the line that introduces it. */
export function splitQuoted(body: string): Quoting {
  // Most texts carry none: there is no line that a mark or a divider begins.
  if (!body.includes(">") && !body.includes("--")) return { text: body, quoted: "" };
  const lines = body.split(/(?<=\n)/);
  const divided = lines.findIndex(divides);
  const start = divided >= 0 ? divided : startOfLastQuote(lines);
  const before = lines.slice(0, start);
  // A text that is all quote is one; and a quote inside of code is code.
  const isWhole = before.every(isBlank) || before.filter(isFence).length % 2 === 1;
  const text = isWhole ? body : before.join("");
  return { text, quoted: body.slice(text.length) };
}

function startOfLastQuote(lines: readonly string[]): number {
  let end = lines.length;
  while (end > 0 && (isBlank(lines[end - 1]!) || isQuote(lines[end - 1]!))) end -= 1;
  const first = lines.findIndex((line, index) => index >= end && isQuote(line));
  if (first < 0) return lines.length;
  if (end === 0 || !introduces(lines[end - 1]!)) return first;
  // Long introductions are broken: the first of two lines begins a paragraph.
  const isBroken = end > 1 && /^\s*(on|am|le|el|il|em|op|w dniu|den)\b/i.test(lines[end - 2]!);
  const isParagraph = end < 3 || isBlank(lines[end - 3]!);
  return end - (isBroken && isParagraph ? 2 : 1);
}
