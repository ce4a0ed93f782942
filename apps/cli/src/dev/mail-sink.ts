import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { freePort } from "./ports.ts";

export type MailSink = { url: string; folder: string; stop(): Promise<void> };

/** An SMTP server on loopback that sends nothing on: it prints each message and keeps it as `.eml` in `folder`. */
export async function startMailSink(folder: string): Promise<MailSink> {
  await mkdir(folder, { recursive: true });
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, _session, done) {
      count += 1;
      const name = `${new Date().toISOString().replaceAll(":", "-")}-${count}.eml`;
      keep(stream, join(folder, name)).then(() => done(), done);
    },
  });
  const port = await freePort(1025);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  // A sender that goes away in the midst of a mail is no reason to end.
  server.on("error", (error) => console.log(`mail   │ ${error.message}`));
  return {
    url: `smtp://127.0.0.1:${port}`,
    folder,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function keep(stream: AsyncIterable<Buffer>, path: string): Promise<void> {
  const raw = Buffer.concat(await Array.fromAsync(stream));
  await writeFile(path, raw);
  const { to, subject, text } = await PostalMime.parse(raw);
  const lines = [
    `to ${to?.map(({ address }) => address).join(", ")}: ${subject ?? ""}`,
    ...(text ?? "").trim().split("\n"),
  ];
  for (const line of lines) console.log(`mail   │ ${line}`);
  console.log(`mail   │ (kept as ${path})`);
}
