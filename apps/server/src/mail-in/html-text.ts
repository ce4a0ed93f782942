import { Parser } from "htmlparser2";

const BLOCKS = new Set(
  "address article aside blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul".split(
    " ",
  ),
);
const UNSEEN = new Set(["style", "script", "head", "title", "template", "noscript"]);
const SPACED = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "pre"]);
/** Where mail programs put what a mail answers, without saying that it is quoted. */
const QUOTE_BEGINS = new Set(["divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container"]);

const MAX_QUOTES = 5;

/** A separator that plain text mails have, too. */
const ORIGINAL = "-----Original Message-----";

/** What a mail in HTML says, line by line; quoted lines begin with `>`. No element is followed, however deep it is. */
export function textOfHtml(html: string): string {
  const lines: string[] = [];
  let line = "";
  let quotes = 0;
  let unseen = 0;
  let gap = false;
  let last = 0;
  const end = (spaced = false) => {
    const text = line.replaceAll(/[ \t\u00a0]+/g, " ").trim();
    line = "";
    if (text !== "") {
      const depth = Math.min(quotes, MAX_QUOTES);
      if (gap && lines.length > 0) lines.push(">".repeat(Math.min(depth, last)));
      gap = false;
      last = depth;
      lines.push(depth > 0 ? `${">".repeat(depth)} ${text}` : text);
    }
    gap ||= spaced;
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (UNSEEN.has(name)) unseen++;
        if (BLOCKS.has(name)) end(SPACED.has(name));
        if (name === "br") {
          const isBlank = line.trim() === "";
          end(isBlank);
        }
        if (QUOTE_BEGINS.has((attributes["id"] ?? "").toLowerCase())) {
          end(true);
          line = ORIGINAL;
          end(true);
        }
        if (name === "blockquote") quotes++;
        if (name === "li") line = "- ";
        if (name === "td" || name === "th") line += " ";
      },
      ontext(text) {
        if (unseen === 0) line += text.replaceAll(/\s+/g, " ");
      },
      onclosetag(name) {
        if (UNSEEN.has(name) && unseen > 0) unseen--;
        if (BLOCKS.has(name)) end(SPACED.has(name));
        if (name === "blockquote" && quotes > 0) quotes--;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  end();
  return lines.join("\n");
}
