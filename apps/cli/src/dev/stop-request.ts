import { watchLaunchers } from "./launchers.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const LAUNCHER_CHECK_MS = 500;
// The terminal signals everybody at once, and npx and pnpm may pass the same one on.
const SAME_REQUEST_MS = 1_000;

/** Resolves when somebody asks us to stop, or when the npx or pnpm that started us is gone. A second request ends at once. */
export function stopRequest(): Promise<"stop"> {
  const { promise, resolve } = Promise.withResolvers<"stop">();
  let askedAt: number | undefined;
  const ask = () => {
    // Children hold a leash and PostgreSQL a keeper: they end with us in any case.
    if (askedAt !== undefined && performance.now() - askedAt > SAME_REQUEST_MS) process.exit(130);
    askedAt ??= performance.now();
    resolve("stop");
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  if (process.env["npm_lifecycle_event"]) {
    const launched = watchLaunchers();
    const timer = setInterval(() => {
      if (launched()) return;
      clearInterval(timer);
      if (askedAt === undefined) ask();
    }, LAUNCHER_CHECK_MS);
    timer.unref();
  }
  return promise;
}
