import { Readable } from "node:stream";
import type { RefusedFile } from "@helpdesk/db";
import { RefusalError, fileNameOf } from "@helpdesk/domain";
import { type Receiving, receive } from "../attachments/receive.ts";
import type { MailFile } from "./message.ts";

export interface Filed {
  attachmentIds: string[];
  refused: RefusedFile[];
}

const MAX_FILES = 20;

/** Stores what came along as uploads of whom the mail speaks for, by the rules for all files. What is refused is named with its refusal. */
export async function fileAway(
  receiving: Receiving,
  ticketId: string | null,
  files: readonly MailFile[],
): Promise<Filed> {
  const attachmentIds: string[] = [];
  const refused: RefusedFile[] = [];
  for (const { name, content } of files) {
    const refuseIt = (reason: string) => refused.push({ name: fileNameOf(name), reason });
    if (attachmentIds.length === MAX_FILES) {
      refuseIt("attachment.too_many");
      continue;
    }
    try {
      const upload = { ticketId, name, content: Readable.from([Buffer.from(content)]) };
      attachmentIds.push((await receive(receiving, upload)).id);
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      refuseIt(error.refusal.code);
    }
  }
  return { attachmentIds, refused };
}
