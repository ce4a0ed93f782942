import { describe, expect, test } from "vitest";
import { mentionAt, mentionedIn } from "./mention.ts";

const ada = "01980000-0000-7000-8000-00000000000a";
const ben = "01980000-0000-7000-8000-00000000000b";

describe("mentions", () => {
  test("are found wherever they stand in a text, each person once", () => {
    const text = `@[Ada](user:${ada}), see @[Ben O'Neil](user:${ben}).\n- (@[Ada](user:${ada.toUpperCase()}))`;
    expect(mentionedIn(text)).toEqual([ada, ben]);
  });

  test.for([
    ["what is quoted", `> @[Ada](user:${ada})\n  > @[Ada](user:${ada})`],
    ["code", `Write \`@[Ada](user:${ada})\` or \`\` \`@[Ada](user:${ada}) \`\`.`],
    ["fenced code", `\`\`\`\n@[Ada](user:${ada})\n\`\`\``],
    ["fenced code that never ends", `~~~~\n@[Ada](user:${ada})\n~~~\n@[Ada](user:${ada})`],
    ["what is no id", "@[Ada](user:ada) @[Ada](user:01980000)"],
    ["another kind of link", `@[Ada](ticket:${ada}) [Ada](user:${ada})`],
    ["a name over two lines", `@[Ad\na](user:${ada})`],
    ["a name too long", `@[${"A".repeat(201)}](user:${ada})`],
  ])("are not in %s", ([, text]) => {
    expect(mentionedIn(text!)).toEqual([]);
  });

  test("go on after code has ended", () => {
    expect(mentionedIn(`\`\`\`\n@[Ada](user:${ada})\n\`\`\`\n@[Ben](user:${ben})`)).toEqual([ben]);
    expect(mentionedIn(`\`code\` @[Ben](user:${ben})`)).toEqual([ben]);
  });

  test("have a label, an id in lower case and an end", () => {
    const text = `Hi @[Ada](user:${ada.toUpperCase()})!`;
    expect(mentionAt(text, 3)).toEqual({ label: "Ada", userId: ada, end: text.length - 1 });
    expect(mentionAt(text, 2)).toBeNull();
  });
});
