import { expect, test } from "vitest";
import { linkMail } from "./texts.ts";

const mail = {
  purpose: "reset_password",
  name: "Ada\r\nBcc: all@example.org",
  email: "ada@example.org",
  organizationName: `Acme "&" <script>`,
  token: "organization.secret",
  expiresAt: "2026-01-12T08:00:00.000Z",
  publicUrl: "https://help.example/",
} as const;

test("names can put neither markup into the mail nor lines into its head", () => {
  const { html, subject, to } = linkMail(mail);
  expect(html).not.toContain("<script>");
  expect(html).toContain("Acme &quot;&amp;&quot; &lt;script&gt;");
  expect(`${subject}${to.name}`).not.toMatch(/[\r\n]/);
  expect(subject).toBe(`Set a new password for Acme "&" <script>`);
});

test.each(["reset_password", "verify_email", "accept_invitation"] as const)(
  "%s has one link, in text and HTML",
  (purpose) => {
    const { text, html } = linkMail({ ...mail, purpose });
    const link = `https://help.example/${purpose.replace("_", "-")}#token=organization.secret`;
    expect(text.split(link)).toHaveLength(2);
    expect(html.split(`href="${link}"`)).toHaveLength(2);
    expect(text).toContain("until 2026-01-12 08:00 UTC");
  },
);
