import { type Mention, mentionAt } from "@helpdesk/domain";
import type { MarkdownIt } from "markdown-it";

/** What people are called, by their ids. */
export type Names = ReadonlyMap<string, string>;

/** Shows a mention by the person's present name; somebody who is not in `env.names` stays the text they were written as. */
export function mentionRule(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("link", "mention", (state, silent) => {
    const mention = state.src[state.pos] === "@" ? mentionAt(state.src, state.pos) : null;
    if (!mention || mention.end > state.posMax) return false;
    if (!silent) state.push("mention", "", 0).meta = { mention };
    state.pos = mention.end;
    return true;
  });
  const { escapeHtml } = markdown.utils;
  markdown.renderer.rules["mention"] = (tokens, index, _, env) => {
    const { mention } = tokens[index]!.meta as { mention: Mention };
    const name = (env as { names: Names }).names.get(mention.userId);
    return name === undefined
      ? `@${escapeHtml(mention.label)}`
      : `<span class="mention" data-user-id="${mention.userId}">@${escapeHtml(name)}</span>`;
  };
}
