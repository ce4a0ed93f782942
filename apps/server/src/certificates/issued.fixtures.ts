import type { Sql } from "@helpdesk/db";
import { newId } from "@helpdesk/testing/tenant-wall";

const hash = () => `${newId()}${newId()}`.replaceAll("-", "");

/** Writes a certificate of a person whose evidence names a session that is not there: who may see it does not depend on that. */
export async function issued(sql: Sql, userId: string): Promise<{ certificateId: string; serial: string }> {
  const certificateId = newId();
  const serial = hash();
  const issuedAt = "2026-01-12T08:00:00.000Z";
  const expiresAt = "2027-01-12T08:00:00.000Z";
  const numbers = {
    latest: 1,
    atLeast: 1,
    scenarios: 1,
    impostors: 0,
    k: 1,
    passPowerMillionths: 0,
    validDays: 365,
  };
  const evidence = {
    format: "helpdesk.certificate/1",
    certification: { key: "service_desk", title: "Service desk", skills: [], difficulties: [], ...numbers },
    organization: { id: newId(), name: "Somewhere" },
    holder: { id: userId, name: "Somebody" },
    issuedAt,
    expiresAt,
    passPowerMillionths: 0,
    sessions: [
      {
        sessionId: newId(),
        attempt: 1,
        scenarioKey: "lost-authenticator",
        definitionHash: hash(),
        castId: "maria",
        castRole: "owner",
        seed: "seed",
        logHash: hash(),
        ending: "resolved",
        endedAt: issuedAt,
        overall: 10_000,
        isPassed: true,
      },
    ],
  };
  await sql`
    insert into certificates (organization_id, id, user_id, key, title, serial, evidence, issued_at, expires_at)
    select organization_id, ${certificateId}, id, 'service_desk', 'Service desk', ${serial},
      ${sql.json(evidence)}, ${issuedAt}, ${expiresAt}
    from users where id = ${userId}`;
  return { certificateId, serial };
}
