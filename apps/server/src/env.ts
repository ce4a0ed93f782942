import { z } from "zod";

const DEVELOPMENT_SECRET = "development-secret-do-not-use-in-production";

const port = z.coerce.number().int().min(0).max(65_535);

/** Every setting of the server, each from the environment variable of its name. README lists them. */
export const envSchema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" }),
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(100).default(4),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(4000),
  WORKER_PORT: port.default(4001),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" }).optional(),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").default(DEVELOPMENT_SECRET),
  ACCESS_TOKEN_SECONDS: z.coerce.number().int().min(30).max(3600).default(600),
  AUTH_SESSION_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  CORS_ORIGINS: z
    .string()
    .default("")
    .transform((list) => list.split(",").map((origin) => origin.trim()))
    .transform((list) => list.filter((origin) => origin !== "")),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  TRUST_PROXY: z
    .string()
    .default("false")
    .refine(
      (value) => value === "false" || /^[0-9a-fA-F:./, ]+$/.test(value),
      "must be false or a list of CIDR ranges",
    )
    .transform((value) => (value === "false" ? false : value.split(",").map((range) => range.trim()))),
  STORAGE_DIR: z.string().min(1).default(".data/storage"),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// URL" }).optional(),
  MAIL_FROM: z.string().min(3).default("HelpDesk Pro <helpdesk@localhost>"),
});

export type Env = z.infer<typeof envSchema>;

/** A setting is missing or wrong; the message lists every one. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** @throws SettingsError naming all wrong settings, or a default secret in production. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = envSchema.safeParse(given);
  if (!parsed.success) throw new SettingsError(`The settings are wrong:\n${z.prettifyError(parsed.error)}`);
  if (parsed.data.NODE_ENV === "production" && parsed.data.AUTH_SECRET === DEVELOPMENT_SECRET) {
    throw new SettingsError(
      "AUTH_SECRET must be set in production: a random text of at least 32 characters.",
    );
  }
  return parsed.data;
}

/** Where people reach the product, for links in mails. */
export const publicUrl = (env: Env): string => env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`;
