import { expect, test } from "vitest";
import { SettingsError, localUrl, publicUrl, readEnv } from "./env.ts";

const enough = { DATABASE_URL: "postgres://desk@127.0.0.1/desk" };

test("what is not set has its default, and a database is all one must name", () => {
  const env = readEnv({ ...enough, PORT: "" });
  expect(env).toMatchObject({ PORT: 4000, HOST: "127.0.0.1", TRUST_PROXY: false, CORS_ORIGINS: [] });
  expect(publicUrl(env)).toBe("http://127.0.0.1:4000");
  expect(() => readEnv({})).toThrow(
    new SettingsError("Wrong settings: DATABASE_URL must be a postgres:// URL."),
  );
});

test.each([
  ["TRUST_PROXY", "10.0.0.7", ["10.0.0.7"]],
  ["TRUST_PROXY", "10.0.0.0/8, fd00::/8", ["10.0.0.0/8", "fd00::/8"]],
  ["TRUST_PROXY", "false", false],
  [
    "CORS_ORIGINS",
    "https://desk.example, http://localhost:3000",
    ["https://desk.example", "http://localhost:3000"],
  ],
  ["MAIL_FROM", "Help <help@desk.example>", "Help <help@desk.example>"],
  ["MAIL_FROM", "help@localhost", "help@localhost"],
  ["ATTACHMENT_TYPES_ALLOWED", "image/*, application/pdf", ["image/*", "application/pdf"]],
  ["CLAMD_ADDRESS", "clamd:3310", "clamd:3310"],
  ["CLAMD_ADDRESS", "[::1]:3310", "[::1]:3310"],
  ["MAIL_FROM", '"Acme, Ltd" <help@desk.example>', '"Acme, Ltd" <help@desk.example>'],
])("%s may be %s", (name, value, meaning) => {
  expect(readEnv({ ...enough, [name]: value })).toMatchObject({ [name]: meaning });
});

test.each([
  ...[
    "abc",
    "true",
    "1",
    "10.0.0.0/99",
    "10.0.0.0/0",
    "10.0.0.1,",
    "fd00::/129",
    "fe80::1%lo",
    "10.0.0.0/8/8",
  ].map((value) => ["TRUST_PROXY", value]),
  ...["*", "desk.example", "https://desk.example/", "https://desk.example/app", "ftp://desk.example"].map(
    (value) => ["CORS_ORIGINS", value],
  ),
  ...["help", "Help", "Help <help>", "a@b, c@d", "Acme, Ltd <a@b.example>", "x\r\nBcc: y <a@b.example>"].map(
    (value) => ["MAIL_FROM", value],
  ),
  ["PUBLIC_URL", "desk.example"],
  ["DATABASE_URL", "mysql://desk"],
  ["PORT", "seven"],
  ["AUTH_SECRET", "short"],
  ["ATTACHMENT_MAX_BYTES", "0"],
  ["ATTACHMENT_TYPES_DENIED", "exe"],
  ["CLAMD_ADDRESS", "3310"],
  ["S3_ENDPOINT", "bucket.example"],
])("%s may not be %j", (name, value) => {
  expect(() => readEnv({ ...enough, [name]: value })).toThrow(
    expect.objectContaining({
      name: "SettingsError",
      message: expect.stringMatching(`^Wrong settings: ${name} .+\\.$`),
    }),
  );
});

test("every wrong setting is named at once", () => {
  expect(() => readEnv({ PORT: "seven", LOG_LEVEL: "loud" })).toThrow(/DATABASE_URL .*PORT .*LOG_LEVEL /);
});

test("production needs a secret and a URL of its own", () => {
  const production = { ...enough, NODE_ENV: "production" };
  const own = { AUTH_SECRET: "x".repeat(32), PUBLIC_URL: "https://desk.example" };
  expect(() => readEnv(production)).toThrow(/AUTH_SECRET must be set.*PUBLIC_URL must be set/);
  expect(() => readEnv({ ...production, AUTH_SECRET: own.AUTH_SECRET })).toThrow(/PUBLIC_URL must be set/);
  expect(() => readEnv({ ...production, PUBLIC_URL: own.PUBLIC_URL })).toThrow(/AUTH_SECRET must be set/);
  expect(publicUrl(readEnv({ ...production, ...own }))).toBe("https://desk.example");
});

test("a bucket needs its keys", () => {
  const bucket = { ...enough, S3_BUCKET: "files" };
  expect(() => readEnv(bucket)).toThrow(/S3_ACCESS_KEY_ID must be set.*S3_SECRET_ACCESS_KEY must be set/);
  const keys = { S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "secret" };
  expect(readEnv({ ...bucket, ...keys })).toMatchObject({ S3_BUCKET: "files", S3_REGION: "us-east-1" });
});

test("a host to listen on becomes one to connect to", () => {
  expect(["127.0.0.1", "0.0.0.0", "::", "::1", "desk.example"].map((host) => localUrl(host, 80))).toEqual([
    "http://127.0.0.1:80",
    "http://127.0.0.1:80",
    "http://127.0.0.1:80",
    "http://[::1]:80",
    "http://desk.example:80",
  ]);
});
