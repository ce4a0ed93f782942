import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import yauzl from "yauzl";

export interface TakenApart {
  /** Every file of the archive, by its name. */
  files: Map<string, Buffer>;
  manifest: Manifest;
  lines(name: string): Record<string, unknown>[];
}

interface Manifest {
  takenAt: string;
  parts: { name: string; lines: number; bytes: number; sha256: string }[];
  files: { count: number; bytes: number; missing: string[] } | null;
  leftOut: { tables: Record<string, string>; columns: Record<string, Record<string, string>> };
}

/** Reads an archive as any program would that has nothing of ours. */
export async function takeApart(archive: Buffer): Promise<TakenApart> {
  const zip = await yauzl.fromBufferPromise(archive);
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return {
    files,
    manifest: JSON.parse(files.get("manifest.json")!.toString("utf8")) as Manifest,
    lines: (name) =>
      files
        .get(name)!
        .toString("utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

export const sha256Of = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
