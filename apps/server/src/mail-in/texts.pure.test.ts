import { expect, test } from "vitest";
import { REPLY_MARKER } from "../mail/layout.ts";
import { textOfHtml } from "./html-text.ts";
import { readBytes } from "./read-thread.ts";

const read = (mail: string) => readBytes(Buffer.from(mail.replaceAll("\n", "\r\n")));
const html = (body: string) => `From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n${body}`;
const plain = (body: string) => `From: a@b.example\nContent-Type: text/plain; charset=utf-8\n\n${body}`;

const QUOTED = "Is the printer on?";

/** How mail programs write an answer, with what they quote. */
const programs: Record<string, string> = {
  "Gmail, in HTML": html(
    `<div dir="ltr">It is on.<br>Still nothing.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 5 Jan 2026 at 10:00, Lumen &lt;<a href="mailto:s@l.example">s@l.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px">${QUOTED}<br></blockquote></div>`,
  ),
  "Gmail, in text": plain(
    `It is on.\nStill nothing.\n\nOn Mon, 5 Jan 2026 at 10:00, Lumen <s@l.example> wrote:\n\n> ${QUOTED}\n`,
  ),
  "Outlook, in HTML": html(
    `<div class="WordSection1"><p class="MsoNormal">It is on.</p><p class="MsoNormal">Still nothing.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Lumen &lt;s@l.example&gt;<br><b>Sent:</b> Monday, January 5, 2026 10:00 AM<br><b>To:</b> A &lt;a@b.example&gt;<br><b>Subject:</b> Printer</p></div><p>${QUOTED}</p></div>`,
  ),
  "Outlook on the web": html(
    `<div>It is on.</div><div>Still nothing.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Von:</b> Lumen<br><b>Gesendet:</b> Montag<br></div><div>${QUOTED}</div>`,
  ),
  "Outlook, in German text": plain(
    `It is on.\nStill nothing.\n\nVon: Lumen <s@l.example>\nGesendet: Montag, 5. Januar 2026 10:00\nAn: A <a@b.example>\nBetreff: Printer\n\n${QUOTED}\n`,
  ),
  "Apple Mail": plain(
    `It is on.\nStill nothing.\n\n> On 5. Jan 2026, at 10:00, Lumen <s@l.example> wrote:\n> \n> ${QUOTED}\n`,
  ),
  Thunderbird: plain(
    `It is on.\nStill nothing.\n\nOn 05/01/2026 10:00, Lumen wrote:\n> ${QUOTED}\n\n-- \nAnna Beck\nBright Bakery\n`,
  ),
  "one that marks what it quotes by nothing": plain(
    `It is on.\nStill nothing.\n\n${REPLY_MARKER}\n\n${QUOTED}\n`,
  ),
  "iPhone, with its line": plain(
    `It is on.\nStill nothing.\n\nSent from my iPhone\n\n> On 5 Jan 2026, at 10:00, Lumen <s@l.example> wrote:\n>\n> ${QUOTED}\n`,
  ),
};

test.each(Object.entries(programs))(
  "%s: what is new is the reply, and all of it is kept",
  async (_, mail) => {
    const { reply, text } = await read(mail);
    expect(reply.split(/\n+/)).toEqual(["It is on.", "Still nothing."]);
    expect(text).toContain(QUOTED);
  },
);

test("a mail that only quotes keeps what it says", async () => {
  expect((await read(plain("> Yes\n"))).reply).toBe("> Yes");
});

test("text is preferred to HTML, and HTML is read where there is no text", async () => {
  const both = `From: a@b.example\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nthe text\n--b\nContent-Type: text/html\n\n<p>the page</p>\n--b--\n`;
  expect((await read(both)).text).toBe("the text");
  expect((await read(html("<p>the page</p>"))).text).toBe("the page");
});

test("HTML says what people see: lists, lines and quotes, and no scripts or styles", () => {
  expect(
    textOfHtml(
      "<style>p{}</style><script>alert(1)</script><p>One &amp; two</p><ul><li>a<li>b</ul><blockquote>deep<blockquote>deeper</blockquote></blockquote>x<br>y<br><br>z",
    ),
  ).toBe("One & two\n\n- a\n- b\n\n> deep\n>\n>> deeper\n\nx\ny\n\nz");
});

test("addresses are in lower case, and what is no address is none", async () => {
  const mail = await read(
    'From: "Beck, Anna" <Anna.Beck@Mail.Example>\nTo: x, <y@z.example>, group: a@b.example, c@d.example;\nCc: <>\nReferences: <1@a> nonsense <2@b>\nIn-Reply-To: <3@c>\n\nHello',
  );
  expect(mail.authors).toEqual([{ name: "Beck, Anna", address: "anna.beck@mail.example" }]);
  expect(mail.to).toEqual(["y@z.example", "a@b.example", "c@d.example"]);
  expect(mail.cc).toEqual([]);
  expect(mail.references).toEqual(["<1@a>", "<2@b>", "<3@c>"]);
});
