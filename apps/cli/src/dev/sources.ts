import { watch } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { ROOT } from "../project.ts";

const SETTLE_MS = 150;

/** Calls `onChange` with a file's path when sources of the server or of any package change, once for a burst. */
export async function watchSources(onChange: (file: string) => void): Promise<() => void> {
  const packages = await readdir(join(ROOT, "packages"));
  const folders = ["apps/server/src", ...packages.map((name) => `packages/${name}/src`)].map((path) =>
    join(ROOT, path),
  );
  let timer: NodeJS.Timeout | undefined;
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, name) => {
      if (!name?.endsWith(".ts") || name.endsWith(".test.ts")) return;
      clearTimeout(timer);
      timer = setTimeout(() => onChange(relative(ROOT, join(folder, name))), SETTLE_MS);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
