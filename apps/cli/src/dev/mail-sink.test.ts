import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { expect, test } from "vitest";
import { startMailSink } from "./mail-sink.ts";

test("a message is kept whole, and two sinks do not fight for one port", async () => {
  const folder = await mkdtemp(join(tmpdir(), "helpdesk-mail-"));
  const [first, second] = [await startMailSink(folder), await startMailSink(folder)];
  try {
    expect(first.url).not.toBe(second.url);
    const transport = createTransport(first.url);
    await transport.sendMail({
      from: "desk@example.com",
      to: "ann@example.com",
      subject: "Grüße",
      text: "Your code: 42",
    });
    transport.close();
    const [name = ""] = await readdir(folder);
    expect(name).toMatch(/\.eml$/);
    const kept = await readFile(join(folder, name), "utf8");
    expect(kept).toContain("To: ann@example.com");
    expect(kept).toContain("Your code: 42");
  } finally {
    await first.stop();
    await second.stop();
    await rm(folder, { recursive: true });
  }
});
