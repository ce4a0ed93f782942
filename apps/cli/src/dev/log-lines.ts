import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

const LEVELS: Record<number, string> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "WARN",
  50: "ERROR",
  60: "FATAL",
};
const PLUMBING = new Set(["name", "level", "time", "pid", "hostname", "msg", "err", "req", "res"]);

/** Prints a child's lines under its name; pino's JSON lines in a form for people. */
export function printLines(name: string, stream: Readable): void {
  createInterface({ input: stream }).on("line", (line) =>
    console.log(`${name.padEnd(6)} │ ${readable(line)}`),
  );
}

/** `{"level":30,"msg":"ready","port":4000}` → `info ready port=4000`; any other line as it is. */
export function readable(line: string): string {
  const entry = parse(line);
  if (!entry) return line;
  const { level, msg, err, req, res } = entry;
  const request = req && `${req.method ?? ""} ${req.url ?? ""}`.trim();
  const rest = Object.entries(entry)
    .filter(([key]) => !PLUMBING.has(key))
    .map(([key, value]) => `${key}=${typeof value === "object" ? JSON.stringify(value) : String(value)}`);
  return [LEVELS[level] ?? level, msg, request, res?.statusCode, ...rest, err?.stack ?? err?.message]
    .filter((part) => part !== undefined && part !== "")
    .join(" ");
}

type Entry = {
  level: number;
  msg?: string;
  req?: { method?: string; url?: string };
  res?: { statusCode?: number };
  err?: { message?: string; stack?: string };
};

function parse(line: string): Entry | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const entry = JSON.parse(line) as Partial<Entry>;
    return typeof entry.level === "number" ? (entry as Entry) : undefined;
  } catch {
    return undefined;
  }
}
