import { escapeHtml, oneLine } from "./plain.ts";
import type { Block } from "./words.ts";

/** Who answers by mail writes above it; what stands below is left out where the answer is taken in. */
export const REPLY_MARKER = "##- Please write your answer above this line -##";

interface Frame {
  organizationName: string;
  /** Why they get it. */
  reason: string;
  /** Where mails of this kind are switched off. */
  unsubscribeUrl: string;
  /** Whether an answer goes onto a ticket. */
  isAnswerable: boolean;
}

const page =
  "margin:0;padding:24px;background:#f4f5f7;font:15px/1.5 system-ui,-apple-system,sans-serif;color:#172b4d";
const sheet = "max-width:640px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px";
const faint = "color:#6b778c;font-size:12px";

/** The one layout of all mails that notifications send. */
export function laidOut(
  body: Block,
  { organizationName, reason, unsubscribeUrl, isAnswerable }: Frame,
): Block {
  const name = oneLine(organizationName);
  const marker = isAnswerable ? `${REPLY_MARKER}\n\n` : "";
  const markerHtml = isAnswerable ? `<p style="${faint}">${escapeHtml(REPLY_MARKER)}</p>\n` : "";
  return {
    text: `${marker}${body.text}\n\n-- \n${name}\n${reason}\nNo more such mails: ${unsubscribeUrl}\n`,
    html:
      `<!doctype html>\n<html><body style="${page}"><div style="${sheet}">\n${markerHtml}${body.html}\n<hr />\n` +
      `<p style="${faint}">${escapeHtml(name)}<br />${escapeHtml(reason)}<br />` +
      `<a href="${escapeHtml(unsubscribeUrl)}">No more such mails</a></p>\n</div></body></html>\n`,
  };
}

const quoted = "margin:16px 0;padding:0 0 0 16px;border-left:3px solid #dfe1e6";

/** What somebody wrote, set apart. */
export const setApart = (html: string): string => `<div style="${quoted}">\n${html}\n</div>`;
