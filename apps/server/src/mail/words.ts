import { filled, partsOf } from "@helpdesk/domain";
import { renderMarkdown } from "../markdown/render.ts";
import { escapeMarkdown, oneLine } from "./plain.ts";
import type { MailWords } from "./wordings.ts";

/** Something longer than a line that stands in a mail. */
export interface Block {
  text: string;
  /** Safe to show. */
  html: string;
}

/** What the placeholders of a mail stand for. */
export interface Values {
  /** Anything that people write. */
  lines: Record<string, string>;
  /** Made by us alone: they are links. */
  urls: Record<string, string>;
  blocks: Record<string, Block>;
}

const MAX_SUBJECT = 400;

/** Words with their placeholders filled in, as subject, text and HTML. What people wrote means nothing but itself there. */
export function written(
  { subject, body }: MailWords,
  { lines, urls, blocks }: Values,
): Block & { subject: string } {
  const plain = (name: string) => urls[name] ?? oneLine(lines[name] ?? "");
  const marked = (name: string) => urls[name] ?? escapeMarkdown(lines[name] ?? "");
  const parts = partsOf(body).map((part): Block => {
    if (typeof part !== "string") return blocks[part.block] ?? { text: "", html: "" };
    return { text: filled(part, plain).trim(), html: renderMarkdown(filled(part, marked)) };
  });
  const isThere = (text: string) => text !== "";
  return {
    subject: oneLine(filled(subject, plain)).slice(0, MAX_SUBJECT),
    text: parts
      .map(({ text }) => text)
      .filter(isThere)
      .join("\n\n"),
    html: parts
      .map(({ html }) => html)
      .filter(isThere)
      .join("\n"),
  };
}
