import { executableTypes } from "@helpdesk/domain";
import { z } from "zod";

const bytes = (max: number) => z.coerce.number("must be a number").int().min(1).max(max);

const isType = (text: string): boolean => /^[a-z0-9.+-]+\/([a-z0-9.+-]+|\*)$/.test(text);

const types = z
  .string()
  .transform((list) => list.split(",").map((item) => item.trim()))
  .refine(
    (list) => list.every(isType),
    "must be types such as application/pdf and image/*, separated by commas",
  );

const GIBIBYTE = 1_073_741_824;

/** Settings of files: where they are kept, and which are taken. */
export const attachmentSettings = {
  ATTACHMENT_MAX_BYTES: bytes(2 * GIBIBYTE - 1).default(26_214_400),
  /** Of one organization. */
  ATTACHMENT_QUOTA_BYTES: bytes(Number.MAX_SAFE_INTEGER).default(10 * GIBIBYTE),
  /** None are all but those denied. */
  ATTACHMENT_TYPES_ALLOWED: types.default([]),
  ATTACHMENT_TYPES_DENIED: types.default([...executableTypes]),
  /** A clamd that scans files before anybody gets them: `host:port`. */
  CLAMD_ADDRESS: z
    .string()
    .regex(/^(\[[0-9a-f:]+\]|[a-z0-9.-]+):\d{1,5}$/i, "must be host:port")
    .optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_REGION: z.string().min(1).default("us-east-1"),
  /** Left out, it is Amazon's. */
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" }).optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
};

/** Which settings a bucket still needs. */
export const attachmentSettingsLacking = (env: z.infer<z.ZodObject<typeof attachmentSettings>>): string[] =>
  env.S3_BUCKET === undefined
    ? []
    : (["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const).filter((name) => env[name] === undefined);
