import postgres from "postgres";

/** The database cannot be reached or is going away; the caller may try again. */
export class Unavailable extends Error {
  override readonly name: string = "Unavailable";
  constructor(cause: unknown) {
    super("The database is unavailable.", { cause });
  }
}

/** A cancel request of another call came late and hit this statement: the same work may succeed at once. */
export class Interrupted extends Unavailable {
  override readonly name = "Interrupted";
}

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : "";

/**
 * Class 08 and 57P: connection failures and shutdowns; 53300: no connection left; 55P03, 57014 and 25P03: a lock, a
 * statement or a transaction took longer than it may; the rest are the driver's and the socket's own.
 */
const UNAVAILABLE =
  /^(08...|57P0[123]|53300|55P03|57014|25P03|CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT|ENOTFOUND|EAI_AGAIN)$/;

export const isUnavailable = (error: unknown): boolean => UNAVAILABLE.test(codeOf(error));

/** Deadlock, serialization failure, or ended by another call's cancel request: the same work may succeed at once. */
export const isTransient = (error: unknown): boolean =>
  error instanceof Interrupted || /^40(001|P01)$/.test(codeOf(error));

/** The statement was ended: it took longer than it may, or somebody asked for it. */
export const isEnded = (error: unknown): boolean => codeOf(error) === "57014";

/** The name of the constraint an error violates, or null when it violates none. */
export const violatedConstraint = (error: unknown): string | null =>
  error instanceof postgres.PostgresError && error.code.startsWith("23")
    ? (error.constraint_name ?? null)
    : null;

const PROBLEMS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "its host is unknown",
  EAI_AGAIN: "its host is unknown",
  EHOSTUNREACH: "its host cannot be reached",
  ENETUNREACH: "its host cannot be reached",
  ETIMEDOUT: "it does not answer",
  CONNECT_TIMEOUT: "it does not answer",
  CONNECTION_CLOSED: "it closed the connection",
  ECONNRESET: "it closed the connection",
  "28P01": "it refuses the password",
  "28000": "it refuses the user",
  "3D000": "it has no such database",
  "53300": "it has no connection left",
  "57P03": "it takes no connections now",
};

/** One sentence, without the password, on why the database of `url` cannot be used; null for an error of another kind. */
export function databaseProblem(url: string, error: unknown): string | null {
  const why = problemIn(error);
  if (why === null) return null;
  const { host, pathname } = new URL(url);
  return `The database ${host}${pathname} of DATABASE_URL cannot be used: ${why}.`;
}

function problemIn(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = codeOf(error);
  // Which right is missing on what: PostgreSQL says it best.
  if (code === "42501") return error.message;
  return (
    PROBLEMS[code] ?? problemIn(error.cause) ?? (error instanceof Unavailable ? "it does not answer" : null)
  );
}
