import { readFileSync } from "node:fs";

type Process = { parent: number; command: string };

/** Whether the npx, pnpm and shells that started us are all still there; where /proc is missing, only the nearest counts. */
export function watchLaunchers(): () => boolean {
  const nearest = process.ppid;
  const chain = launchers(nearest);
  return () =>
    process.ppid === nearest &&
    chain.every(({ pid, parent }, index) => {
      const now = look(pid);
      // Whoever started the topmost may go: that is how a shell lets a job run on.
      return now !== undefined && (index === chain.length - 1 || now.parent === parent);
    });
}

function launchers(start: number): { pid: number; parent: number }[] {
  const chain: (Process & { pid: number })[] = [];
  for (let pid = start; ;) {
    const found = look(pid);
    if (!found || !/(^|\/|\s)(npm|npx|pnpm)(\s|$|@)|^sh -c/.test(found.command)) break;
    chain.push({ pid, ...found });
    pid = found.parent;
  }
  while (chain.at(-1)?.command.startsWith("sh ")) chain.pop();
  return chain;
}

/** Undefined for a process that is gone or only waits to be buried. */
function look(pid: number): Process | undefined {
  try {
    // `pid (name) state parent …`, and a name may hold anything.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    if (state === "Z") return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { parent: Number(parent), command };
  } catch {
    return undefined;
  }
}
