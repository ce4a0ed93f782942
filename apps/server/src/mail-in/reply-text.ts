import EmailReplyParser from "email-reply-parser";
import { REPLY_MARKER } from "../mail/layout.ts";

/** What is new in a mail: without what it quotes and the signature. All of it where nothing would be left. */
export function replyOf(text: string): string {
  const reply = aboveMarker(new EmailReplyParser().parseReply(withoutHeadBlocks(text))).trim();
  return reply === "" ? text.trim() : reply;
}

/** What stands above the line that our mails begin with: for programs that mark what they quote by nothing. */
const aboveMarker = (text: string): string => text.split(REPLY_MARKER, 1)[0]!.replace(/[>\s]+$/, "");

/** Programs of offices quote below a head of lines, with nothing that marks the rest: From, Sent, To, Subject, in some order and language. */
const HEAD_LINE =
  /^\s*\*?(from|sent|date|to|cc|subject|von|gesendet|datum|an|betreff|de|envoyé|à|objet|enviado|para|asunto|da|inviato|a|oggetto|van|verzonden|aan|onderwerp)\s?:\*?\s*\S/i;

function withoutHeadBlocks(text: string): string {
  const lines = text.split("\n");
  const at = lines.findIndex(
    (line, i) =>
      HEAD_LINE.test(line) && lines.slice(i, i + 5).filter((each) => HEAD_LINE.test(each)).length >= 3,
  );
  if (at <= 0) return text;
  const before = lines.slice(0, at);
  while (before.length > 0 && /^[\s_-]*$/.test(before.at(-1)!)) before.pop();
  return before.length === 0 ? text : before.join("\n");
}
