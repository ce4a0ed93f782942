const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const PARENT_CHECK_MS = 500;

/** Resolves when somebody asks us to stop, or when the pnpm that started us is gone. A second request ends at once. */
export function stopRequest(): Promise<"stop"> {
  const { promise, resolve } = Promise.withResolvers<"stop">();
  let asked = false;
  const ask = () => {
    // Children hold a leash and PostgreSQL a keeper: they end with us in any case.
    if (asked) process.exit(130);
    asked = true;
    resolve("stop");
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  if (process.env["npm_lifecycle_event"]) {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      if (!asked) ask();
    }, PARENT_CHECK_MS);
    timer.unref();
  }
  return promise;
}
