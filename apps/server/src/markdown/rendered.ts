import { setImmediate } from "node:timers/promises";
import type { Names } from "./mention-rule.ts";
import { renderMarkdown } from "./render.ts";

/** How many characters of texts and their HTML are kept, of those asked for last. */
const MAX_KEPT = 16_000_000;

const kept = new Map<string, string>();
let keptLength = 0;

/** `renderMarkdown`, remembered. Other requests are let through between two texts, for some texts are costly. */
export async function rendered(source: string, names: Names = new Map()): Promise<string> {
  if (source === "") return "";
  const key = names.size === 0 ? source : `${JSON.stringify([...names])}\0${source}`;
  let html = kept.get(key);
  if (html === undefined) {
    await setImmediate();
    html = renderMarkdown(source, names);
  } else forget(key, html);
  kept.set(key, html);
  keptLength += key.length + html.length;
  for (const [oldest, of] of kept) {
    if (keptLength <= MAX_KEPT) break;
    forget(oldest, of);
  }
  return html;
}

function forget(key: string, html: string): void {
  if (kept.delete(key)) keptLength -= key.length + html.length;
}
