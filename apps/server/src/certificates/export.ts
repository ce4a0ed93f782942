import { findCertificate, listDefinitions, listSessionEvents } from "@helpdesk/db";
import {
  certificateBundleSchema,
  certificateEvidenceSchema,
  type CertificateBundle,
  refuse,
  supervises,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { toLogged } from "../sessions/logged.ts";

/**
 * A certificate with the definitions and logs that it rests on: `pnpm -s helpdesk certificate verify FILE` takes it.
 * @throws RefusalError `certificate.not_found`.
 */
export async function exportCertificate(
  ctx: Context,
  { certificateId }: { certificateId: string },
): Promise<CertificateBundle> {
  const { actor, desk, read } = ctx;
  const row = await findCertificate.first(read, { certificateId });
  if (!row || (row.userId !== actor.userId && !supervises(actor, desk, row.userId)))
    refuse({ code: "certificate.not_found" });
  const evidence = certificateEvidenceSchema.parse(row.evidence);
  const hashes = evidence.sessions.map(({ definitionHash }) => definitionHash);
  const definitions = await listDefinitions(read, { hashes: `{${hashes.join(",")}}` });
  const logs = await Promise.all(
    evidence.sessions.map(async ({ sessionId, logHash }) => {
      const log = await listSessionEvents(read, { sessionId });
      // Corrections made since are not what the certificate was issued on.
      const end = log.findIndex(({ hash }) => hash === logHash);
      return [sessionId, log.slice(0, end + 1).map(toLogged)];
    }),
  );
  return certificateBundleSchema.parse({
    serial: row.serial,
    evidence,
    definitions: Object.fromEntries(
      definitions.map(({ definitionHash, definition }) => [definitionHash, definition]),
    ),
    logs: Object.fromEntries(logs),
  });
}
