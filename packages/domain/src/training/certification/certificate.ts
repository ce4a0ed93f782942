import { z } from "zod";
import { isInstant } from "../../instant.ts";
import { castRoles, sessionEndings } from "../../values.ts";
import { scenarioSchema } from "../scenario.ts";
import { sessionEventSchema } from "../session-log.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.string().refine(isInstant, "not an instant");
const hundredths = z.int().min(0).max(10_000);

/** One session of the evidence: what it was, how its log ends, and how it was graded when the certificate was issued. */
const certifiedSessionSchema = z.strictObject({
  sessionId: z.uuid(),
  attempt: z.int().positive(),
  scenarioKey: z.string(),
  definitionHash: hash,
  castId: z.string(),
  castRole: z.enum(castRoles),
  seed: z.string(),
  /** Of the last event. */
  logHash: hash,
  ending: z.enum(sessionEndings),
  endedAt: instant,
  overall: hundredths,
  isPassed: z.boolean(),
});
export type CertifiedSession = z.output<typeof certifiedSessionSchema>;

/** What a certificate says. Its serial is the SHA-256 of the canonical JSON of this. */
export const certificateEvidenceSchema = z.strictObject({
  format: z.literal("helpdesk.certificate/1"),
  certification: z.strictObject({
    key: z.string(),
    title: z.string(),
    skills: z.array(z.string()),
    difficulties: z.array(z.string()),
    latest: z.int(),
    atLeast: z.int(),
    scenarios: z.int(),
    impostors: z.int(),
    k: z.int(),
    passPowerMillionths: z.int(),
    validDays: z.int(),
  }),
  organization: z.strictObject({ id: z.uuid(), name: z.string() }),
  holder: z.strictObject({ id: z.uuid(), name: z.string() }),
  issuedAt: instant,
  expiresAt: instant,
  passPowerMillionths: z.int().min(0).max(1_000_000),
  sessions: z.array(certifiedSessionSchema).min(1),
});
export type CertificateEvidence = z.output<typeof certificateEvidenceSchema>;

/** A certificate with all that it takes to check it without asking anybody: definitions and logs. */
export const certificateBundleSchema = z.strictObject({
  serial: hash,
  evidence: certificateEvidenceSchema,
  /** By digest. */
  definitions: z.record(hash, scenarioSchema),
  /** By session. */
  logs: z.record(
    z.uuid(),
    z.array(z.strictObject({ event: sessionEventSchema, actorId: z.uuid().nullable(), hash })),
  ),
});
export type CertificateBundle = z.output<typeof certificateBundleSchema>;
