import {
  type AuditFault,
  AuditReading,
  type Sql,
  listAuditHeads,
  noOrganization,
  read,
  readAuditChain,
} from "@helpdesk/db";

export interface VerifiedLog {
  organization: string;
  /** Rows, and the hash that the log ends with: noted elsewhere it proves later what was there now. */
  rows: number;
  hash: string;
  faults: AuditFault[];
}

/** Reads every organization's audit log from its beginning and names each row that was edited, deleted or reordered. */
export async function verifyAudit(sql: Sql): Promise<VerifiedLog[]> {
  const logs: VerifiedLog[] = [];
  for (const { organizationId, organization, ...head } of await listAuditHeads(read(sql, noOrganization))) {
    const reader = read(sql, organizationId);
    const reading = new AuditReading(organizationId);
    for (;;) {
      const rows = await readAuditChain(reader, { after: reading.rows.sequence });
      // What is written while this reads is for the next time.
      const known = rows.filter(({ sequence }) => sequence <= head.sequence);
      for (const row of known) reading.next(row, head.sequence);
      if (known.length === 0 || known.length < rows.length) break;
    }
    reading.end(head);
    const { sequence, hash } = reading.rows;
    logs.push({ organization, rows: sequence, hash, faults: reading.faults });
  }
  return logs;
}
