/** No PostgreSQL can be had; the message is one sentence for the person at the terminal. */
export class PostgresUnavailable extends Error {
  override readonly name = "PostgresUnavailable";
}
