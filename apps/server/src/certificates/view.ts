import type { CertificateRow } from "@helpdesk/db";
import type { Instant } from "@helpdesk/domain";
import { z } from "zod";
import { idSchema, instantSchema, personSchema } from "../schemas.ts";

const certificateStates = ["valid", "expired", "revoked"] as const;

const common = {
  key: z.string(),
  title: z.string(),
  /** The SHA-256 of the canonical evidence. */
  serial: z.string(),
  state: z.enum(certificateStates),
  issuedAt: instantSchema,
  expiresAt: instantSchema,
  revokedAt: instantSchema.nullable(),
};

export const certificateSchema = z.object({
  id: idSchema,
  holder: personSchema,
  ...common,
  revocationReason: z.string().nullable(),
});
export type Certificate = z.output<typeof certificateSchema>;

/** What anybody may know who has the serial. */
export const publicCertificateSchema = z.object({ holder: z.string(), organization: z.string(), ...common });
export type PublicCertificate = z.output<typeof publicCertificateSchema>;

export const certificationSchema = z.object({
  key: z.string(),
  title: z.string(),
  description: z.string(),
  skills: z.array(z.string()).readonly(),
  difficulties: z.array(z.string()).readonly(),
  attempts: z.int(),
  passed: z.int(),
  impostors: z.int(),
  /** pass^k of the sessions that are looked at; null while there are fewer than k. */
  k: z.int(),
  passPowerMillionths: z.int().nullable(),
  neededMillionths: z.int(),
  /** What is not there yet, in words. */
  missing: z.array(z.string()),
  /** The one that is valid now. */
  certificateId: idSchema.nullable(),
});
export type CertificationView = z.output<typeof certificationSchema>;

export function stateOf(
  { revokedAt, expiresAt }: Pick<CertificateRow, "revokedAt" | "expiresAt">,
  now: Instant,
): Certificate["state"] {
  if (revokedAt !== null) return "revoked";
  return expiresAt <= now ? "expired" : "valid";
}

export const toCertificate = ({ userId, userName, ...row }: CertificateRow, now: Instant): Certificate => ({
  ...row,
  holder: { id: userId, name: userName },
  state: stateOf(row, now),
});
