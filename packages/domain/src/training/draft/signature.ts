const CLOSING =
  /^\s*(?:-{2,}|_{3,}|(?:best|kind|warm|many|with kind|with best)?\s*(?:regards|wishes|greetings)|best|cheers|sincerely|yours(?: \w+)?|sent from my .*|get outlook for .*|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|viele gr(?:ü|ue)(?:ß|ss)e|cordialement|(?:many )?thanks(?: again| in advance| a lot| so much)?|thank you(?: very much| in advance)?|thx)\s*[,.!-]?\s*$/i;
/** A signature is short, and so are its lines. */
const MOST_LINES = 9;
const LONGEST_LINE = 80;

/** A text without the lines under its closing words, which say who wrote it; they stay only where a text is nothing else. */
export function withoutSignature(text: string): { text: string; isSigned: boolean } {
  const once = cutOnce(text);
  if (once.text === text) return once;
  // Some sign twice: by hand, and by their mail program.
  return { text: cutOnce(once.text).text, isSigned: once.isSigned };
}

function cutOnce(text: string): { text: string; isSigned: boolean } {
  const lines = text.split("\n");
  const closing = lines.findLastIndex((line) => CLOSING.test(line));
  const below = lines.slice(closing + 1).filter((line) => line.trim() !== "");
  const isSigned =
    closing >= 1 &&
    below.length <= MOST_LINES &&
    below.every((line) => line.length <= LONGEST_LINE && !/[?]$/.test(line.trim()));
  if (!isSigned) return { text, isSigned: false };
  const closed = lines.slice(0, closing).join("\n");
  return { text: closed, isSigned: below.length > 0 };
}
