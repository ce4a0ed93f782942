import { existsSync } from "node:fs";
import { isIP, isIPv6 } from "node:net";
import { z } from "zod";
import { attachmentSettings, attachmentSettingsLacking } from "./attachments/settings.ts";
import { exportSettings } from "./exports/settings.ts";
import { importSettings } from "./imports/settings.ts";
import { webhookSettings } from "./webhooks/settings.ts";

const DEVELOPMENT_SECRET = "development-secret-do-not-use-in-production";

const port = z.coerce.number("must be a number").int().min(0).max(65_535);

/** Calls a minute; 0 for no limit. */
const callsAMinute = (usual: number) =>
  z.coerce.number("must be a number").int().min(0).max(10_000_000).default(usual);

const listOf = (list: string): string[] => list.split(",").map((item) => item.trim());

const isOrigin = (text: string): boolean =>
  /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;

/** `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`; a count of hops is none, and neither is everybody (`/0`). */
function isAddressRange(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = address.includes("%") ? 0 : isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

const ADDRESS = String.raw`[^\s<>@",;:()]+@[^\s<>@",;:()]+`;
const SENDER = new RegExp(String.raw`^(${ADDRESS}|("[^"\\\r\n]*"|[^<>@",;:()\\\r\n]*)\s*<${ADDRESS}>)$`);

const MAIL_DOMAIN =
  /^(?=.{1,180}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Every setting of the server, each from the environment variable of its name. README lists them. */
export const envSchema = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" }),
    DATABASE_POOL_MAX: z.coerce.number("must be a number").int().min(1).max(100).default(4),
    HOST: z.string().min(1).default("127.0.0.1"),
    PORT: port.default(4000),
    WORKER_PORT: port.default(4001),
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" }).optional(),
    AUTH_SECRET: z.string().min(32, "must have at least 32 characters").default(DEVELOPMENT_SECRET),
    ACCESS_TOKEN_SECONDS: z.coerce.number("must be a number").int().min(30).max(3600).default(600),
    SESSION_IDLE_HOURS: z.coerce.number("must be a number").int().min(1).max(720).default(24),
    AUTH_SESSION_DAYS: z.coerce.number("must be a number").int().min(1).max(365).default(30),
    LIMIT_READS_PER_MINUTE: callsAMinute(3_600),
    LIMIT_WRITES_PER_MINUTE: callsAMinute(1_200),
    LIMIT_COSTLY_PER_MINUTE: callsAMinute(300),
    LIMIT_PUBLIC_PER_MINUTE: callsAMinute(600),
    LIMIT_EVENT_LOOP_DELAY_MS: z.coerce.number("must be a number").int().min(0).max(600_000).default(1_000),
    CORS_ORIGINS: z
      .string()
      .transform(listOf)
      .refine(
        (origins) => origins.every(isOrigin),
        "must be origins such as https://desk.example, without a path, separated by commas",
      )
      .default([]),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    TRUST_PROXY: z
      .string()
      .transform((value) => (value === "false" ? (false as const) : listOf(value)))
      .refine(
        (ranges) => ranges === false || ranges.every(isAddressRange),
        "must be false, or addresses and CIDR ranges such as 10.0.0.0/8, separated by commas",
      )
      .default(false),
    STORAGE_DIR: z.string().min(1).default(".data/storage"),
    ...attachmentSettings,
    ...webhookSettings,
    ...exportSettings,
    ...importSettings,
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// URL" }).optional(),
    MAIL_FROM: z
      .string()
      .trim()
      .regex(SENDER, "must be an address such as Help <help@desk.example>")
      .default("HelpDesk Pro <helpdesk@localhost>"),
    MAIL_DOMAIN: z
      .string()
      .trim()
      .toLowerCase()
      .regex(MAIL_DOMAIN, "must be a domain such as desk.example")
      .default("helpdesk.localhost"),
    MAIL_IN_HOST: z.string().min(1).default("127.0.0.1"),
    MAIL_IN_PORT: port.default(2525),
    MAIL_IN_PROTOCOL: z.enum(["smtp", "lmtp"]).default("smtp"),
    MAIL_IN_CERTIFICATE: z.string().min(1).optional(),
    MAIL_IN_KEY: z.string().min(1).optional(),
    MAIL_MAX_BYTES: z.coerce
      .number("must be a number")
      .int()
      .min(65_536)
      .max(104_857_600)
      .default(26_214_400),
    MAIL_TRUSTED_RELAYS: z.string().transform(listOf).default([]),
    MAIL_DELAY_SECONDS: z.coerce.number("must be a number").int().min(0).max(3_600).default(120),
  })
  .superRefine((env, { addIssue }) => {
    for (const name of attachmentSettingsLacking(env))
      addIssue({ code: "custom", path: [name], message: "must be set where S3_BUCKET is" });
    if ((env.MAIL_IN_CERTIFICATE === undefined) !== (env.MAIL_IN_KEY === undefined))
      addIssue({
        code: "custom",
        path: ["MAIL_IN_KEY"],
        message: "and MAIL_IN_CERTIFICATE must be set together: both are paths of PEM files",
      });
    if (env.NODE_ENV !== "production") return;
    const lacks = (name: string, message: string) => addIssue({ code: "custom", path: [name], message });
    if (env.AUTH_SECRET === DEVELOPMENT_SECRET)
      lacks("AUTH_SECRET", "must be set in production, to a random text of at least 32 characters");
    if (env.PUBLIC_URL === undefined)
      lacks("PUBLIC_URL", "must be set in production: links in mails lead there");
  });

export type Env = z.infer<typeof envSchema>;

/** Settings are missing or wrong; the message names every one. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** @throws SettingsError naming all wrong settings, and in production those that have no default there. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
  const { data, error } = envSchema.safeParse(given);
  if (data) return data;
  const problems = error.issues.map(({ path, message }) => `${path.join(".")} ${lowerFirst(message)}`);
  throw new SettingsError(`Wrong settings: ${problems.join("; ")}.`);
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Adds what `.env` in the working directory says, if it is there; what the environment has stays. */
export function loadEnvFile(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
}

/** Where a process that listens on this host can be reached from this machine. */
export function localUrl(host: string, port: number): string {
  if (host === "0.0.0.0" || host === "::") return `http://127.0.0.1:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Where people reach the product, for links in mails. */
export const publicUrl = (env: Env): string => env.PUBLIC_URL ?? localUrl(env.HOST, env.PORT);
