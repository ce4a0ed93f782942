import postgres from "postgres";

/** The database cannot be reached or is going away; the caller may try again. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
  constructor(cause: unknown) {
    super("The database is unavailable.", { cause });
  }
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
  /^(08...|57P0[123]|53300|55P03|57014|25P03|CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT)$/;

export const isUnavailable = (error: unknown): boolean => UNAVAILABLE.test(codeOf(error));

/** Deadlock or serialization failure: the same work may succeed at once. */
export const isTransient = (error: unknown): boolean => /^40(001|P01)$/.test(codeOf(error));

/** The name of the constraint an error violates, or null when it violates none. */
export const violatedConstraint = (error: unknown): string | null =>
  error instanceof postgres.PostgresError && error.code.startsWith("23")
    ? (error.constraint_name ?? null)
    : null;
