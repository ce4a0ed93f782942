import { textLimits } from "../values.ts";

/** Characters that are not seen or turn the order of others: `gpj.exe` must not be shown as `exe.jpg`. */
const INVISIBLE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/gu;

const LONGEST_ENDING = 20;

/** What the sender called a file, without its path and what is not to be seen; `file` where nothing is left. */
export function fileNameOf(given: string): string {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? "";
  const name = last.replaceAll(INVISIBLE, "").normalize("NFC").trim();
  return name === "" || /^\.+$/.test(name) ? "file" : shortened(name);
}

/** Cut before its ending, which says what to open it with. */
function shortened(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= textLimits.name) return name;
  const dot = characters.lastIndexOf(".");
  const ending = characters.length - dot <= LONGEST_ENDING ? characters.slice(dot) : [];
  return [...characters.slice(0, textLimits.name - ending.length), ...ending].join("").trimEnd();
}
