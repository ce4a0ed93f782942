import postgres from "postgres";

/** PostgreSQL type OIDs whose text form is not what rows carry. */
const TIMESTAMPTZ = 1184;
const TIMESTAMP = 1114;
const DATE = 1082;
const INT8 = 20;
const NUMERIC = 1700;

/** `2026-01-12 08:00:00.5+00` (the session is in UTC) to `2026-01-12T08:00:00.500Z`. */
export function instantFromText(text: string): string {
  const fraction = text.length > 22 ? text.slice(20, -3) : "";
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
}

export interface ConnectionOptions {
  url: string;
  /** Connections held at most. Two a core are best; more lose throughput. */
  max?: number;
  applicationName?: string;
}

export type Sql = postgres.Sql<Record<string, never>>;

const asIs = (value: unknown) => value;

/** Opens a pool for compiled statements. Instants arrive as ISO strings, int8 as numbers; every statement has a server-side limit. */
export function connect({ url, max = 4, applicationName = "helpdesk" }: ConnectionOptions): Sql {
  return postgres(url, {
    max,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    backoff: (attempt: number) => Math.min(1, 0.05 * 2 ** attempt),
    onnotice: () => {},
    connection: {
      application_name: applicationName,
      TimeZone: "UTC",
      DateStyle: "ISO",
      statement_timeout: 5_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
    },
    types: {
      instant: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ, TIMESTAMP], serialize: asIs, parse: instantFromText },
      date: { to: DATE, from: [DATE], serialize: asIs, parse: asIs },
      int8: { to: INT8, from: [INT8, NUMERIC], serialize: String, parse: Number },
    },
  }) as unknown as Sql;
}
