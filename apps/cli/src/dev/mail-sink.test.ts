import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
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

test("senders that break off in the midst of a mail end nothing: the next one is kept", async () => {
  const folder = await mkdtemp(join(tmpdir(), "helpdesk-mail-"));
  const sink = await startMailSink(folder);
  try {
    for (let i = 0; i < 3; i++) {
      const line = connect(Number(new URL(sink.url).port), "127.0.0.1");
      await once(line, "data");
      for (const command of ["EHLO here", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "DATA"]) {
        line.write(`${command}\r\n`);
        await once(line, "data");
      }
      line.write("Subject: Half\r\n\r\nIt goes", () => line.resetAndDestroy());
      await once(line, "close");
    }
    const transport = createTransport(sink.url);
    await transport.sendMail({ from: "desk@example.com", to: "ann@example.com", text: "Whole" });
    transport.close();
    const [name = "", ...others] = await readdir(folder);
    expect(await readFile(join(folder, name), "utf8")).toContain("Whole");
    expect(others).toEqual([]);
  } finally {
    await sink.stop();
    await rm(folder, { recursive: true });
  }
});
