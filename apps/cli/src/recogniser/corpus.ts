import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { actOfLabel, type Row } from "@helpdesk/domain/recogniser-evaluation";
import { z } from "zod";
import { Failure } from "../failure.ts";

const lineSchema = z.object({ agent: z.string().min(1), text: z.string(), act: z.string().min(1) });

export interface CorpusRow extends Row {
  agent: string;
}

/**
 * A corpus of what agents wrote and the act that they chose: a JSON object `{agent, text, act}` a line, gzipped or not.
 * @throws Failure that names the first line which is none.
 */
export async function readCorpus(path: string): Promise<CorpusRow[]> {
  const bytes = await readFile(resolve(process.env["INIT_CWD"] ?? "", path)).catch(() => {
    throw new Failure(`${path} cannot be read.`);
  });
  const isGzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const lines = (isGzipped ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const parsed = lineSchema.safeParse(jsonOf(line));
    if (!parsed.success) throw new Failure(`Line ${index + 1} of ${path} is no {agent, text, act}.`);
    const { agent, text, act } = parsed.data;
    return [{ agent, text, act: actOfLabel[act] ?? null }];
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Whether thresholds were chosen by what this agent wrote: a quarter of all possible ids. */
export const isForChoosing = (agent: string): boolean =>
  createHash("sha256").update(agent).digest()[0]! % 4 === 0;
