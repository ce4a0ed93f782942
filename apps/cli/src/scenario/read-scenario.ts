import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Scenario, scenarioSchema } from "@helpdesk/domain";
import { parse } from "yaml";
import { z } from "zod";
import { Failure } from "../failure.ts";

/** The text of a file that the caller named from where they stand: pnpm itself runs in the repository's root. */
export const readText = (path: string): Promise<string> =>
  readFile(resolve(process.env["INIT_CWD"] ?? "", path), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      `${path} cannot be read: ${error.code === "ENOENT" ? "there is no such file" : error.code}.`,
    );
  });

/** A scenario from a YAML or JSON file. @throws Failure that says what is wrong with it, and where. */
export async function readScenario(path: string): Promise<Scenario> {
  const text = await readText(path);
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new Failure(`${path} is neither YAML nor JSON: ${(error as Error).message}`);
  }
  const parsed = scenarioSchema.safeParse(data);
  if (!parsed.success) throw new Failure(`${path} is no scenario:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
