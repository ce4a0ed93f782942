import { type Logger, pino } from "pino";
import type { Env } from "./env.ts";

/** Whatever carries a secret is taken out before it is written; database errors carry parameters. */
const SECRETS = [
  "password",
  "newPassword",
  "currentPassword",
  "token",
  "accessToken",
  "refreshToken",
  "authorization",
  "key",
  "apiKey",
];

export const createLog = (env: Pick<Env, "LOG_LEVEL">, name: string): Logger =>
  pino({
    name,
    level: env.LOG_LEVEL,
    redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[secret]" },
    serializers: { err: describeError },
  });

/** An error as it may be logged: never a statement's parameters. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, constraint_name: constraint } = error as { code?: unknown; constraint_name?: unknown };
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { type: error.name, message: error.message, code, constraint, stack: error.stack, cause };
}
