/** One mention in a text: `@[Ada](user:0198…)`, its label as it was written. */
export interface Mention {
  userId: string;
  label: string;
  end: number;
}

const pattern =
  /@\[([^\]\r\n]{1,200})\]\(user:([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})\)/y;

/** The mention that begins at a place of a text. */
export function mentionAt(text: string, start: number): Mention | null {
  pattern.lastIndex = start;
  const found = pattern.exec(text);
  return found && { label: found[1]!, userId: found[2]!.toLowerCase(), end: pattern.lastIndex };
}

const fence = /^ {0,3}(`{3,}|~{3,})/;

/** The ids of those whom a text mentions, each once; not in what it quotes, nor in code. */
export function mentionedIn(body: string): string[] {
  const userIds = new Set<string>();
  let open: string | null = null;
  for (const line of body.split(/\r\n|\r|\n/)) {
    const mark = fence.exec(line)?.[1] ?? null;
    if (open !== null) {
      if (mark?.startsWith(open)) open = null;
    } else if (mark !== null) open = mark;
    else if (!/^\s*>/.test(line)) {
      const words = line.replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
      for (let at = words.indexOf("@["); at >= 0; at = words.indexOf("@[", at + 1)) {
        const mention = mentionAt(words, at);
        if (mention) userIds.add(mention.userId);
      }
    }
  }
  return [...userIds];
}
