// Loaded into measured servers before their own code: says what the process has used, and ends it with its starter.
process.on("message", () =>
  process.send?.({ cpu: process.cpuUsage(), rssBytes: process.memoryUsage.rss() } satisfies Usage),
);
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();

export interface Usage {
  cpu: NodeJS.CpuUsage;
  rssBytes: number;
}
