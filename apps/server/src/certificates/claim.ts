import {
  type EvidenceRow,
  findOrganization,
  findPerson,
  holdPerson,
  insertCertificate,
  listCertificates,
  listEvidence,
  listOpenSessions,
} from "@helpdesk/db";
import {
  canonicalJson,
  certifications,
  certificationProgress,
  type CertificateEvidence,
  type CertifiedSession,
  plusSeconds,
  refuse,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { sha256 } from "../identity/tokens.ts";
import { type Certificate, stateOf, toCertificate } from "./view.ts";

const DAY_SECONDS = 86_400;

/**
 * Issues the actor a certificate on the evidence of their latest sessions.
 * @throws RefusalError `certificate.unknown`, `certificate.not_earned`, `certificate.already_held`.
 */
export const claim = (ctx: Context, { key }: { key: string }): Promise<Certificate> =>
  ctx.transact(async (unit) => {
    const { actor, now } = ctx;
    const { userId } = actor;
    const certification = certifications.find((each) => each.key === key);
    if (!certification)
      refuse({ code: "certificate.unknown", known: certifications.map((each) => each.key) });
    await holdPerson(unit, { userId });
    const held = (await listCertificates(unit, { userId })).find(
      (each) => each.key === key && stateOf(each, now) === "valid",
    );
    if (held) refuse({ code: "certificate.already_held", certificateId: held.id });
    const [ended, open] = await Promise.all([
      listEvidence(unit, { userId }),
      listOpenSessions(unit, { userId }),
    ]);
    const progress = certificationProgress(certification, ended, open);
    if (progress.missing.length > 0) refuse({ code: "certificate.not_earned", missing: progress.missing });

    const [organization, person] = await Promise.all([
      findOrganization.first(unit),
      findPerson.first(unit, { userId }),
    ]);
    const { description: _, ...rules } = certification;
    const expiresAt = plusSeconds(now, certification.validDays * DAY_SECONDS);
    const evidence: CertificateEvidence = {
      format: "helpdesk.certificate/1",
      certification: { ...rules, skills: [...rules.skills], difficulties: [...rules.difficulties] },
      organization: { id: actor.organizationId, name: organization!.name },
      holder: { id: userId, name: person!.name },
      issuedAt: now,
      expiresAt,
      passPowerMillionths: progress.passPowerMillionths!,
      sessions: progress.sessions.map(certified),
    };
    const { title } = certification;
    const text = canonicalJson(evidence);
    const row = { id: ctx.newId(), userId, key, title, serial: sha256(text), issuedAt: now, expiresAt };
    await insertCertificate(unit, { ...row, evidence: text });
    return toCertificate({ ...row, userName: person!.name, revokedAt: null, revocationReason: null }, now);
  });

const certified = (row: EvidenceRow): CertifiedSession => ({
  sessionId: row.sessionId,
  attempt: row.attempt,
  scenarioKey: row.scenarioKey,
  definitionHash: row.definitionHash,
  castId: row.castId,
  castRole: row.castRole,
  seed: row.seed,
  logHash: row.logHash,
  ending: row.ending,
  endedAt: row.endedAt,
  overall: row.overall,
  isPassed: row.isPassed,
});
