import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { type MailEnvelope, insertInboundMail, transact } from "@helpdesk/db";
import type { Listening } from "./listener.ts";

/** A mail has more bytes than are taken. */
export class MailTooLarge extends Error {
  override readonly name = "MailTooLarge";
}

interface Arriving {
  organizationId: string;
  envelope: MailEnvelope;
  content: AsyncIterable<Buffer>;
}

/**
 * Keeps a mail as it came and makes its row; one that came before is the row there is.
 * @throws MailTooLarge, or what the store or the database throws; then nothing is left of it but, at worst, a file.
 */
export async function store({ env, files, runtime, sql, log }: Storing, arriving: Arriving): Promise<void> {
  const storageKey = `inbound-mails/${runtime.randomBytes(16).toString("hex")}`;
  const hash = createHash("sha256");
  let sizeBytes = 0;
  async function* measured() {
    for await (const chunk of arriving.content) {
      sizeBytes += chunk.length;
      if (sizeBytes > env.MAIL_MAX_BYTES) throw new MailTooLarge("A mail has too many bytes.");
      hash.update(chunk);
      yield chunk;
    }
  }
  const remove = () =>
    files
      .remove(storageKey)
      .catch((problem: unknown) => log.warn({ err: problem, storageKey }, "mail left behind"));
  try {
    await files.write(storageKey, Readable.from(measured(), { objectMode: false }));
  } catch (error) {
    await remove();
    throw error;
  }
  const values = {
    id: runtime.newId(),
    sha256: hash.digest("hex"),
    sizeBytes,
    storageKey,
    envelope: JSON.stringify(arriving.envelope),
    at: runtime.now(),
  };
  // Where this throws, the row may be there all the same: its file stays.
  const made = await transact(sql, arriving.organizationId, (unit) => insertInboundMail.first(unit, values));
  if (!made) await remove();
}

type Storing = Pick<Listening, "env" | "files" | "runtime" | "sql" | "log">;
