import { mkdir, rm, writeFile, copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Declarations } from "../declare/declare.ts";
import { compileClient } from "./compile.ts";
import { publishedPackageJson } from "./package-json.ts";
import { writeSchemas } from "./schemas.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const clientDir = join(root, "packages/client");

/** Writes the folder that `npm pack` and `npm publish` take, with these declarations in place of the server's types. */
export async function packClient(folder: string, contract: Declarations): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await compileClient(clientDir, contract.text, join(folder, "dist"));
  await writeSchemas(contract.procedures, join(folder, "dist/schemas"));
  const packageJson = JSON.stringify(await publishedPackageJson(root), null, 2);
  await writeFile(join(folder, "package.json"), `${packageJson}\n`);
  await copyFile(join(clientDir, "README.md"), join(folder, "README.md"));
}
