import { sql } from "drizzle-orm";
import type { CertifiableSession, CertifiedSession, Difficulty, Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";
import { countedSessions } from "./counted-sessions.ts";

export type EvidenceRow = CertifiedSession & CertifiableSession;

/**
 * A person's counted sessions in the order they ended, as certification looks at them. What a revoked certificate
 * rested on counts no more.
 */
export const listEvidence = query<{ userId: string }, EvidenceRow>(
  (p) => sql`
    select s.id as "sessionId", s.attempt, s.scenario_key as "scenarioKey", s.definition_hash as "definitionHash",
      s.cast_id as "castId", s.cast_role as "castRole", s.seed, s.log_hash as "logHash", s.ending,
      s.ended_at as "endedAt", m.overall_hundredths as overall, m.is_passed as "isPassed", c.difficulty, c.skills,
      s.cast_role = 'impostor' as "isImpostor",
      (m.details #>> '{traits,isImpostorRefused}')::boolean as "isImpostorRefused"
    from scenarios c, ${countedSessions(p.organizationId)} and s.user_id = ${p.userId}::uuid
      and c.organization_id = ${p.organizationId} and c.id = s.scenario_id
      and not exists (
        select from certificates r, jsonb_array_elements(r.evidence -> 'sessions') used
        where r.organization_id = ${p.organizationId} and r.user_id = ${p.userId}::uuid and r.revoked_at is not null
          and (used ->> 'sessionId')::uuid = s.id)
    order by s.ended_at, s.id`,
);

/** What a person is in the middle of, on the real clock. */
export const listOpenSessions = query<{ userId: string }, { difficulty: Difficulty; skills: string[] }>(
  (p) => sql`
    select c.difficulty, c.skills from training_sessions s
    join scenarios c on c.organization_id = ${p.organizationId} and c.id = s.scenario_id
    where s.organization_id = ${p.organizationId} and s.user_id = ${p.userId}::uuid and s.ended_at is null
      and not s.is_virtual`,
);

export interface CertificateRow {
  id: string;
  userId: string;
  userName: string;
  key: string;
  title: string;
  serial: string;
  issuedAt: Instant;
  expiresAt: Instant;
  revokedAt: Instant | null;
  revocationReason: string | null;
}

const columns = sql.raw(`
  c.id, c.user_id as "userId", u.name as "userName", c.key, c.title, c.serial, c.issued_at as "issuedAt",
  c.expires_at as "expiresAt", c.revoked_at as "revokedAt", c.revocation_reason as "revocationReason"`);

/** A person's certificates, the latest first. */
export const listCertificates = query<{ userId: string }, CertificateRow>(
  (p) => sql`
    select ${columns} from certificates c join users u on u.organization_id = ${p.organizationId} and u.id = c.user_id
    where c.organization_id = ${p.organizationId} and c.user_id = ${p.userId}::uuid
    order by c.issued_at desc, c.id desc`,
);

export const findCertificate = query<{ certificateId: string }, CertificateRow & { evidence: unknown }>(
  (p) => sql`
    select ${columns}, c.evidence from certificates c
    join users u on u.organization_id = ${p.organizationId} and u.id = c.user_id
    where c.organization_id = ${p.organizationId} and c.id = ${p.certificateId}::uuid`,
);

export const findCertificateBySerial = query<{ serial: string }, CertificateRow>(
  (p) => sql`
    select ${columns} from certificates c
    join users u on u.organization_id = ${p.organizationId} and u.id = c.user_id
    where c.organization_id = ${p.organizationId} and c.serial = ${p.serial}`,
);

export interface NewCertificate {
  id: string;
  userId: string;
  key: string;
  title: string;
  serial: string;
  evidence: string;
  issuedAt: Instant;
  expiresAt: Instant;
}

export const insertCertificate = command<NewCertificate, never>(
  (p) => sql`
    insert into certificates (organization_id, id, user_id, key, title, serial, evidence, issued_at, expires_at)
    values (${p.organizationId}, ${p.id}, ${p.userId}, ${p.key}, ${p.title}, ${p.serial},
      (${p.evidence}::text)::jsonb, ${p.issuedAt}, ${p.expiresAt})`,
);

/** Takes a certificate back; one that was taken back already stays as it is. */
export const revokeCertificate = command<
  { certificateId: string; reason: string; byId: string; at: Instant },
  never
>(
  (p) => sql`
    update certificates set revoked_at = ${p.at}::timestamptz, revocation_reason = ${p.reason},
      revoked_by_id = ${p.byId}::uuid
    where organization_id = ${p.organizationId} and id = ${p.certificateId} and revoked_at is null`,
);

/** The definitions that sessions were played by, by their digest. */
export const listDefinitions = query<{ hashes: string }, { definitionHash: string; definition: unknown }>(
  (p) => sql`
    select distinct on (definition_hash) definition_hash as "definitionHash", definition from scenarios
    where organization_id = ${p.organizationId} and definition_hash = any((${p.hashes}::text)::text[])
    order by definition_hash`,
);
