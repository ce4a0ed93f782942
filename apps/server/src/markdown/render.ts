import MarkdownIt from "markdown-it";
import sanitizeHtml from "sanitize-html";
import { type Names, mentionRule } from "./mention-rule.ts";

const schemes = ["http", "https", "mailto"];
const isSafe = (url: string) => schemes.some((scheme) => url.toLowerCase().startsWith(`${scheme}:`));

/** Nothing is loaded from elsewhere by reading a comment: an image is a link to it. */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: 20 }).use(
  mentionRule,
);
markdown.validateLink = isSafe;
markdown.linkify.set({ fuzzyIP: false, fuzzyLink: false });
markdown.renderer.rules["image"] = (tokens, index) => {
  const { content } = tokens[index]!;
  const href = markdown.utils.escapeHtml(String(tokens[index]!.attrGet("src")));
  return `<a href="${href}">${markdown.utils.escapeHtml(content || href)}</a>`;
};

/** The second wall: what leaves has these elements and attributes, whatever the renderer made. */
const allowed: sanitizeHtml.IOptions = {
  allowedTags:
    "p br hr h1 h2 h3 h4 h5 h6 blockquote pre code ul ol li strong em s a span table thead tbody tr th td".split(
      " ",
    ),
  allowedAttributes: { a: ["href", "title", "rel"], ol: ["start"], span: ["class", "data-user-id"] },
  allowedClasses: { span: ["mention"] },
  allowedSchemes: schemes,
  allowProtocolRelative: false,
  transformTags: { a: sanitizeHtml.simpleTransform("a", { rel: "noopener noreferrer nofollow" }) },
};

/** Texts longer than this, logs that were pasted, are shown as they are: the worst ones would take too long to parse. */
const MAX_MARKDOWN = 20_000;

/** Tables and references can make a text a thousand times as long; what becomes longer than this is shown as it is, too. */
const maxHtmlOf = (source: string) => 10_000 + 4 * source.length;

class Overgrown extends Error {}

/** Gives up early: a token becomes two characters at least. */
markdown.block.State = class extends markdown.block.State {
  override push(...token: Parameters<InstanceType<typeof markdown.block.State>["push"]>) {
    if (this.tokens.length > maxHtmlOf(this.src) / 2) throw new Overgrown();
    return super.push(...token);
  }
};

const asItIs = (text: string) =>
  `<p>${markdown.utils
    .escapeHtml(text)
    .trim()
    .replaceAll(/\r\n|\r|\n/g, "<br />\n")}</p>`;

function unsanitized(source: string, names: Names): string {
  if (source.length > MAX_MARKDOWN) return asItIs(source);
  try {
    const html = markdown.render(source, { names });
    return html.length > maxHtmlOf(source) ? asItIs(source) : html;
  } catch (error) {
    if (error instanceof Overgrown) return asItIs(source);
    throw error;
  }
}

/** Markdown as HTML that is safe to show; `names` are those whom its author mentions, by id, as they are called now. */
export const renderMarkdown = (source: string, names: Names = new Map()): string =>
  sanitizeHtml(unsanitized(source, names), allowed).trim();
