import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contractText, currentContract } from "./current.ts";
import { type Declaration, readDeclaration, undeclared } from "./declared.ts";
import { type Document, breakingRestChanges } from "./openapi.ts";
import { type Contract, breakingChanges } from "./procedures.ts";

const docs = fileURLToPath(new URL("../../../../docs/", import.meta.url));
const committed = join(docs, "contract/procedures.json");
const openApi = join(docs, "openapi.json");
const changesDir = join(docs, "contract/changes");
const released = {
  procedures: join(docs, "contract/released/procedures.json"),
  rest: join(docs, "contract/released/openapi.json"),
};
const log = join(docs, "contract/CHANGELOG.md");

const read = async <T>(file: string): Promise<T | null> =>
  existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as T) : null;

/** Writes what is committed of the contract. */
export async function writeContract(): Promise<void> {
  await mkdir(join(docs, "contract"), { recursive: true });
  await writeFile(committed, contractText(currentContract()));
}

/** Whether the committed contract is the router's. */
async function isCommitted(): Promise<boolean> {
  return existsSync(committed) && (await readFile(committed, "utf8")) === contractText(currentContract());
}

/** What breaks against the last release, of the router as it runs if nothing else is said; nothing before the first one. */
export async function changesSinceRelease(now: Contract = currentContract()): Promise<string[]> {
  const [before, rest, nowRest] = await Promise.all([
    read<Contract>(released.procedures),
    read<Document>(released.rest),
    read<Document>(openApi),
  ]);
  return [
    ...(before ? breakingChanges(before, now) : []),
    ...(rest && nowRest ? breakingRestChanges(rest, nowRest) : []),
  ];
}

async function declarations(): Promise<Declaration[]> {
  if (!existsSync(changesDir)) return [];
  const files = (await readdir(changesDir)).filter((name) => name.endsWith(".md") && name !== "README.md");
  return Promise.all(
    files
      .toSorted()
      .map(async (file) => readDeclaration(file, await readFile(join(changesDir, file), "utf8"))),
  );
}

/** Everything that keeps the contract from being taken as it is. */
export async function contractProblems(): Promise<string[]> {
  const stale = (await isCommitted())
    ? []
    : ["docs/contract/procedures.json is not the router's: `pnpm -s helpdesk contract write`"];
  return [...stale, ...undeclared(await changesSinceRelease(), await declarations())];
}

/** Makes the contract of now the one to be held to, and moves what was declared into the log. @throws where it breaks and the version does not say so, or is none that comes after. */
export async function release(version: string, previous: string): Promise<void> {
  if (!isAfter(previous, version)) throw new Error(`${version} does not come after ${previous}.`);
  const problems = await contractProblems();
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const changes = await changesSinceRelease();
  if (changes.length > 0 && !isBreaking(previous, version))
    throw new Error(
      `${version} after ${previous} does not say that something breaks:\n${changes.join("\n")}`,
    );
  await mkdir(join(docs, "contract/released"), { recursive: true });
  await writeFile(released.procedures, contractText(currentContract()));
  if (existsSync(openApi)) await writeFile(released.rest, await readFile(openApi, "utf8"));
  await writeFile(
    log,
    logged(version, await declarations(), existsSync(log) ? await readFile(log, "utf8") : ""),
  );
  for (const { file } of await declarations()) await rm(join(changesDir, file));
}

/** Whether one version after another says that something breaks: by the first number, or by the second while that is zero. */
export function isBreaking(previous: string, next: string): boolean {
  const [major, minor] = previous.split(".").map(Number) as [number, number];
  const [nextMajor, nextMinor] = next.split(".").map(Number) as [number, number];
  return nextMajor > major || (major === 0 && nextMajor === 0 && nextMinor > minor);
}

const isAfter = (previous: string, next: string): boolean =>
  previous.localeCompare(next, "en", { numeric: true }) < 0;

function logged(version: string, declared: readonly Declaration[], before: string): string {
  const title = "# What broke, by release\n";
  const entries = declared.map(
    ({ lines, reason }) => `${lines.map((line) => `- ${line}`).join("\n")}\n\n${reason}\n`,
  );
  const body = entries.length === 0 ? "Nothing broke.\n" : entries.join("\n");
  return `${title}\n## ${version}\n\n${body}${before.replace(title, "")}`;
}
