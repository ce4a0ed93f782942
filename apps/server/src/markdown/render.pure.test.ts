import { describe, expect, test } from "vitest";
import { renderMarkdown } from "./render.ts";
import { rendered } from "./rendered.ts";

const ada = "01980000-0000-7000-8000-00000000000a";
const names = new Map([[ada, "Ada <b>Lovelace</b>"]]);

/** Everything that HTML from a text may have in it, character by character: these elements, and text without `<`. */
const element =
  /<\/?(?:p|br|hr|h[1-6]|blockquote|pre|code|ul|ol|li|strong|em|s|table|thead|tbody|tr|th|td|a|span)(?: (?:href="(?:https?|mailto):[^"<>]*"|title="[^"<>]*"|rel="noopener noreferrer nofollow"|start="\d+"|class="mention"|data-user-id="[0-9a-f-]{36}"))*(?: \/)?>/g;
const unsafeIn = (html: string): string[] => html.replaceAll(element, "").match(/[<>].{0,40}/g) ?? [];

const payloads = [
  "<script>alert(1)</script>",
  "<ScRiPt src=//evil.example></sCrIpT>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
  "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
  "<iframe src=javascript:alert(1)>",
  "<iframe srcdoc='<script>alert(1)</script>'>",
  "<style>@import 'https://evil.example'</style>",
  "<p style=\"background:url('javascript:alert(1)')\">",
  "<details open ontoggle=alert(1)>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<form action=javascript:alert(1)><button>x",
  "<a href=javascript:alert(1)>x</a>",
  "<base href=//evil.example/>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
  "<object data=javascript:alert(1)>",
  "<template><script>alert(1)</script></template>",
  "</p></div><script>alert(1)</script>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x]( javascript:alert(1))",
  "[x](<javascript:alert(1)>)",
  "[x](java\tscript:alert(1))",
  "[x](<java\nscript:alert(1)>)",
  "[x](\u0001javascript:alert(1))",
  "[x](javascript&colon;alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1))",
  "[x](javascript%3Aalert(1))",
  "[x](\\javascript:alert(1))",
  "[x](vbscript:msgbox(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](data:image/svg+xml,<svg/onload=alert(1)>)",
  "[x](file:///etc/passwd)",
  "[x](//evil.example)",
  "[x](/relative)",
  "[x](#here)",
  "[x](https:javascript:alert(1))",
  '[x](https://a.example/"onmouseover="alert(1))',
  '[x](https://a.example "t\\" onmouseover=\\"alert(1)")',
  "[x](https://a.example 't\"><script>alert(1)</script>')",
  "[x][r]\n\n[r]: javascript:alert(1)",
  "[r]: data:text/html,x\n[r]",
  "<javascript:alert(1)>",
  "<data:text/html,x>",
  '<https://a.example/"><script>alert(1)</script>>',
  "https://a.example/<script>alert(1)</script>",
  'https://a.example/"onclick="alert(1)',
  "javascript://a.example/%0aalert(1)",
  "mailto:a@b.example?body=<script>",
  "![x](javascript:alert(1))",
  "![x](https://evil.example/pixel.png)",
  '![x" onerror="alert(1)](https://a.example/b)',
  "![<script>alert(1)</script>](https://a.example/b)",
  "[![x](https://evil.example/pixel.png)](https://a.example)",
  "```html\n</code></pre><script>alert(1)</script>\n```",
  '```"><script>alert(1)</script>\nx\n```',
  "`</code><script>alert(1)</script>`",
  "    </code></pre><img src=x onerror=alert(1)>",
  "| <script>alert(1)</script> | b |\n|:--|--|\n| <img src=x onerror=alert(1)> | b |",
  "# <svg onload=alert(1)>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;script&#62;alert(1)&#60;/script&#62;",
  "\\<script>alert(1)\\</script>",
  "<\u0000script>alert(1)</script>",
  "＜script＞alert(1)＜/script＞",
  "> <script>alert(1)</script>\n> > [x](javascript:1)",
  "1. <img src=x onerror=alert(1)>\n   - [x](vbscript:1)",
  "**<b onmouseover=alert(1)>**[*x*](javascript:alert(1))**",
  `@[<img src=x onerror=alert(1)>](user:${ada})`,
  "@[<img src=x onerror=alert(1)>](user:01980000-0000-7000-8000-00000000000b)",
  `@["onclick="alert(1)](user:${ada})`,
  `[@[x](user:${ada})](javascript:alert(1))`,
  `@[x](user:"><script>alert(1)</script>)`,
];

describe("hostile Markdown", () => {
  test.for(payloads)("%s is text or a safe link", (payload) => {
    for (const source of [
      payload,
      `${payload}`.repeat(3),
      `> ${payload}`,
      `- **${payload}`,
      payload.padEnd(20_001, " x"),
    ])
      expect(unsafeIn(renderMarkdown(source, names))).toEqual([]);
  });

  test("would be seen, were it let through", () => {
    for (const html of [
      "<script>",
      '<a href="javascript:1">',
      '<p style="x">',
      "<img />",
      '<a href="//x">',
      "<p onclick>",
    ])
      expect(unsafeIn(html)).not.toEqual([]);
  });
});

describe("Markdown", () => {
  test("is shown: emphasis, lists, quotes, code, tables and lines as they were written", () => {
    expect(renderMarkdown("**Yes**, _since_ ~~Tuesday~~\nMonday")).toBe(
      "<p><strong>Yes</strong>, <em>since</em> <s>Tuesday</s><br />\nMonday</p>",
    );
    expect(renderMarkdown("> a\n\n3. b\n\n- c\n\n`<d>`")).toBe(
      '<blockquote>\n<p>a</p>\n</blockquote>\n<ol start="3">\n<li>b</li>\n</ol>\n<ul>\n<li>c</li>\n</ul>\n<p><code>&lt;d&gt;</code></p>',
    );
    expect(renderMarkdown("| a |\n|--|\n| b |")).toContain("<td>b</td>");
  });

  test("has links to the web and to mail addresses, which tell nobody where one came from", () => {
    const rel = 'rel="noopener noreferrer nofollow"';
    expect(renderMarkdown('[here](https://a.example/b?c=d&e "f")')).toBe(
      `<p><a href="https://a.example/b?c=d&amp;e" title="f" ${rel}>here</a></p>`,
    );
    expect(renderMarkdown("see http://a.example.")).toBe(
      `<p>see <a href="http://a.example" ${rel}>http://a.example</a>.</p>`,
    );
    expect(renderMarkdown("ada@acme.example")).toContain(`<a href="mailto:ada@acme.example" ${rel}>`);
  });

  test("loads nothing: an image is a link to it", () => {
    expect(renderMarkdown("![a map](https://a.example/map.png)")).toBe(
      '<p><a href="https://a.example/map.png" rel="noopener noreferrer nofollow">a map</a></p>',
    );
  });

  test("names whom it mentions as they are called now, and nobody else", () => {
    expect(renderMarkdown(`@[Ada](user:${ada}): look`, names)).toBe(
      `<p><span class="mention" data-user-id="${ada}">@Ada &lt;b&gt;Lovelace&lt;/b&gt;</span>: look</p>`,
    );
    expect(renderMarkdown(`@[Ada](user:${ada})`)).toBe("<p>@Ada</p>");
    expect(renderMarkdown(`\`@[Ada](user:${ada})\``, names)).toBe(`<p><code>@[Ada](user:${ada})</code></p>`);
  });

  test("that would become many times its length is shown as it is", () => {
    const rows = "|a\n".repeat(6_000);
    const tables = `${"|a".repeat(180)}\n${"|-".repeat(180)}\n${"|a\n".repeat(360)}\n`.repeat(10);
    for (const costly of [
      `${"|a".repeat(100)}\n${"|-".repeat(100)}\n${rows}`,
      tables,
      `[a]: https://a.example/${"b".repeat(9_000)}\n\n${"[a] ".repeat(2_700)}`,
      `[a]: https://a.example "${"b".repeat(9_000)}"\n\n${"[a] ".repeat(2_700)}`,
      `${"> ".repeat(19)}a\n\n`.repeat(480),
      "a@b.co\n".repeat(2_800),
    ]) {
      const html = renderMarkdown(costly);
      expect(html.length).toBeLessThan(costly.length * 4);
      expect(html.replaceAll(/<\/?p>|<br \/>/g, "")).not.toContain("<");
    }
    const table = `| a | b |\n|--|--|\n${"| 1 |\n".repeat(200)}`;
    expect(renderMarkdown(table).match(/<td>/g)).toHaveLength(400);
    expect(renderMarkdown("a@b.example\n".repeat(20)).match(/<a /g)).toHaveLength(20);
  });

  test("that is very long is shown as it is", () => {
    const long = `**${"a".repeat(20_000)}**\n<b>\r\nc`;
    expect(renderMarkdown(long)).toBe(`<p>**${"a".repeat(20_000)}**<br />\n&lt;b&gt;<br />\nc</p>`);
  });
});

test("what is remembered is what would be made, with the names of now", async () => {
  const source = `**Hi** @[Ada](user:${ada})`;
  for (const each of [new Map(), names, new Map([[ada, "Augusta"]])]) {
    const html = renderMarkdown(source, each);
    expect(await rendered(source, each)).toBe(html);
    expect(await rendered(source, each)).toBe(html);
  }
  expect(await rendered("")).toBe("");
});
