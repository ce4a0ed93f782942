const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign]!);

/** A text without what could end a line, be it in a head or a body. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();

/** A text that means nothing in Markdown: no markup, no link, no mention. */
export const escapeMarkdown = (text: string): string =>
  oneLine(text).replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
