import {
  type ImportMapping,
  findImport,
  findImportFile,
  holdImportFile,
  insertImport,
  listRolesNamed,
} from "@helpdesk/db";
import {
  type FileRecord,
  type ImportFormat,
  RecordCutter,
  demand,
  headBytes,
  layoutOf,
  permissionSet,
  refuse,
  startOf,
} from "@helpdesk/domain";
import type { z } from "zod";
import type { FileStore } from "../attachments/file-store.ts";
import type { Context } from "../context.ts";
import { decode } from "./decode.ts";
import type { createInput } from "./input.ts";
import { type Import, toImport } from "./view.ts";

/** Has a worker import a file. @throws RefusalError as `imports.create` declares. */
export async function create(ctx: Context, input: z.output<typeof createInput>): Promise<Import> {
  const { actor, newId, now, read, request } = ctx;
  if (input.kind === "users") demand(actor, "user.invite");
  const file =
    (await findImportFile.first(read, { id: input.fileId })) ?? refuse({ code: "import.file_not_found" });
  const head = await headOf(request.resources.files, file.storageKey, input.format);
  const { delimiter, columns, fields } = layoutOf(input, head.header, input.mapping);
  const id = newId();
  return ctx.transact(async (unit) => {
    const [held] = await holdImportFile(unit, { id: file.id });
    if (!held) refuse({ code: "import.file_not_found" });
    const roles = await listRolesNamed(unit);
    const roleKeys = roles
      .filter(({ permissions }) => permissionSet(permissions).isSubsetOf(actor.permissions))
      .map(({ key }) => key);
    const mayPlace = actor.permissions.has("department.manage");
    const mapping: ImportMapping = { delimiter, columns: [...columns], fields, roleKeys, mayPlace };
    await insertImport(unit, {
      id,
      fileId: file.id,
      fileName: file.name,
      kind: input.kind,
      format: input.format,
      mapping: JSON.stringify(mapping),
      onExisting: input.onExisting,
      isDryRun: input.isDryRun,
      createdById: actor.userId,
      sizeBytes: file.sizeBytes,
      positionBytes: head.endsAt,
      nextLine: head.nextLine,
      at: now,
    });
    return toImport((await findImport.first(unit, { id }))!);
  });
}

interface Head {
  /** Null where the first line is none. */
  header: string | null;
  endsAt: number;
  nextLine: number;
}

/** Where the records of a file begin, and what stands before them. @throws RefusalError `import.file_unreadable`. */
async function headOf(files: FileStore, storageKey: string, format: ImportFormat): Promise<Head> {
  const pieces: Buffer[] = [];
  let held = 0;
  for await (const chunk of (await files.read(storageKey)) as AsyncIterable<Buffer>) {
    pieces.push(chunk);
    if ((held += chunk.length) >= headBytes) break;
  }
  const head = Buffer.concat(pieces).subarray(0, headBytes);
  const offset = startOf(head);
  if (format === "jsonl") return { header: null, endsAt: offset, nextLine: 1 };
  const record = firstOf(head.subarray(offset), offset);
  if (!record) return refuse({ code: "import.file_unreadable", problem: "header" });
  const header = record.bytes && decode(record.bytes);
  if (record.bytes && header === null) refuse({ code: "import.file_unreadable", problem: "encoding" });
  return { header, endsAt: record.endsAt, nextLine: record.nextLine };
}

function firstOf(bytes: Uint8Array, offset: number): FileRecord | undefined {
  const cutter = new RecordCutter("csv", { offset });
  for (const record of cutter.push(bytes)) return record;
  for (const record of cutter.end()) return record;
  return undefined;
}
