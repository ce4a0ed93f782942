/** Server settings by name, given as `-c name=value`. */
export type ServerSettings = Readonly<Record<string, string | number>>;

/** For tests: nothing here survives a power cut, and nothing needs to. */
export const testSettings: ServerSettings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: 300,
  shared_buffers: "128MB",
  max_wal_size: "2GB",
  autovacuum_naptime: "1h",
};

/** For development: durable, small, and quiet. */
export const devSettings: ServerSettings = { max_connections: 100, shared_buffers: "64MB" };

export const asFlags = (settings: ServerSettings): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
