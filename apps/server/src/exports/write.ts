import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { Transform } from "node:stream";
import {
  type Reader,
  type Sql,
  findOrganization,
  listFilesToExport,
  read,
  readPicture,
  tableNameOf,
  exportedTables,
  tablesNotExported,
} from "@helpdesk/db";
import type { Instant } from "@helpdesk/domain";
import type { FileStore } from "../attachments/file-store.ts";
import type { Runtime } from "../runtime.ts";
import { Archive, type Written } from "./archive.ts";
import { masked } from "./masked.ts";
import { FILES, MANIFEST, type Part, parts } from "./parts.ts";

/** How far an export is. */
export interface Progress {
  part: string | null;
  partsDone: number;
  linesWritten: number;
}

export interface Writing {
  /** A connection of its own: it is kept for as long as the rows take. */
  sql: Sql;
  files: FileStore;
  runtime: Runtime;
  organizationId: string;
  includesFiles: boolean;
  /** Written to while it goes on. */
  progress: Progress;
  /** Ends it with the reason of its abortion. */
  signal: AbortSignal;
}

interface PartEntry extends Written {
  name: string;
  lines: number;
}

interface FileEntries {
  count: number;
  bytes: number;
  /** Ids of attachments whose bytes the file store has not. */
  missing: string[];
}

export interface WrittenExport {
  takenAt: Instant;
  sizeBytes: number;
  sha256: string;
}

/** Writes everything an organization has into one archive, which `store` takes as it comes. @throws what reading, storing or `signal` throws. */
export async function writeExport(
  writing: Writing,
  store: (content: Readable) => Promise<void>,
): Promise<WrittenExport> {
  const takenAt = writing.runtime.now();
  const archive = new Archive(takenAt);
  const onAbort = () => archive.abort(writing.signal.reason);
  writing.signal.addEventListener("abort", onAbort, { once: true });
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  archive.content.once("error", (error) => measured.destroy(error));
  // Whoever reads it hears of it; so nobody does who has not begun to.
  measured.on("error", () => {});
  measured.once("close", () => archive.content.destroy());
  const stored = store(archive.content.pipe(measured));
  try {
    writing.signal.throwIfAborted();
    await Promise.all([stored, fill(writing, archive, takenAt)]);
  } catch (error) {
    archive.abort(error);
    // Nothing is written any more once this has ended.
    await stored.catch(() => {});
    throw writing.signal.aborted ? writing.signal.reason : error;
  } finally {
    writing.signal.removeEventListener("abort", onAbort);
  }
  return { takenAt, sizeBytes, sha256: hash.digest("hex") };
}

async function fill(writing: Writing, archive: Archive, takenAt: Instant): Promise<void> {
  const { sql, organizationId, includesFiles, progress } = writing;
  const entries: PartEntry[] = [];
  const organization = await readPicture(sql, organizationId, async (reader) => {
    for (const part of parts) {
      progress.part = part.name;
      entries.push(await addLines(writing, archive, reader, part));
      progress.partsDone++;
    }
    return findOrganization.first(reader);
  });
  const files = includesFiles ? await addFiles(writing, archive, takenAt) : null;
  progress.part = MANIFEST;
  const manifest = {
    format: "helpdesk-export",
    version: 1,
    takenAt,
    organization: { id: organizationId, name: organization!.name },
    parts: entries,
    files,
    leftOut: leftOut(),
  };
  await archive.add(MANIFEST, once(`${JSON.stringify(manifest, null, 2)}\n`));
  progress.partsDone++;
  progress.part = null;
  archive.end();
}

async function addLines(
  { progress, signal }: Writing,
  archive: Archive,
  reader: Reader,
  { name, pages }: Part,
): Promise<PartEntry> {
  let lines = 0;
  async function* content() {
    for await (const rows of pages(reader)) {
      signal.throwIfAborted();
      lines += rows.length;
      progress.linesWritten += rows.length;
      yield rows.map((row) => `${masked(JSON.stringify(row))}\n`).join("");
    }
  }
  return { name, ...(await archive.add(name, content())), lines };
}

/** The files of the picture's attachments that are still there: what is deleted meanwhile is not to be had any more. */
async function addFiles(
  { sql, organizationId, files, progress, signal }: Writing,
  archive: Archive,
  takenAt: Instant,
): Promise<FileEntries> {
  progress.part = FILES;
  const entries: FileEntries = { count: 0, bytes: 0, missing: [] };
  const reader = read(sql, organizationId);
  for (let afterId = "00000000-0000-0000-0000-000000000000"; ;) {
    const rows = await listFilesToExport(reader, { afterId, takenAt });
    for (const { id, storageKey } of rows) {
      signal.throwIfAborted();
      // Others may remove it at any moment, so what there is shows in the reading alone.
      const content = await files.read(storageKey).catch(async (error: unknown) => {
        if (await files.has(storageKey)) throw error;
        entries.missing.push(id);
        return null;
      });
      if (!content) continue;
      // Most files are pictures and documents, which are small already.
      const { bytes } = await archive.add(`${FILES}/${id}`, content, { isCompressed: false });
      entries.count++;
      entries.bytes += bytes;
    }
    const last = rows.at(-1);
    if (!last) break;
    afterId = last.id;
  }
  progress.partsDone++;
  return entries;
}

/** What an export never has, and why. */
const leftOut = () => ({
  tables: Object.fromEntries(tablesNotExported.map(([table, reason]) => [tableNameOf(table), reason])),
  columns: Object.fromEntries(
    exportedTables
      .filter(({ without }) => Object.keys(without).length > 0)
      .map(({ table, without }) => [tableNameOf(table), without]),
  ),
});

async function* once(text: string) {
  yield text;
}
