import { createHash } from "node:crypto";
import { canonicalJson, type Instant } from "@helpdesk/domain";

/** What one row of the audit log says. Every field is in its hash. */
export interface AuditEntry {
  id: string;
  at: Instant;
  /** The procedure that was called. */
  procedure: string;
  /** Who really did it: the person, or the owner of the API key. */
  actorId: string;
  apiKeyId: string | null;
  /** Whom the key acted for; null where for its owner. */
  onBehalfOfId: string | null;
  /** Ids, by the names they had in the call. */
  data: Record<string, unknown>;
}

export interface ChainedEntry extends AuditEntry {
  sequence: number;
  prevHash: string;
  hash: string;
}

export interface AuditHead {
  sequence: number;
  hash: string;
}

/** What the first row of each chain follows. */
export const genesisHash = "0".repeat(64);

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The part of a row's hash that does not depend on its place. */
export const contentHash = (organizationId: string, entry: AuditEntry): string => {
  const { id, at, procedure, actorId, apiKeyId, onBehalfOfId, data } = entry;
  return sha256(canonicalJson({ organizationId, id, at, procedure, actorId, apiKeyId, onBehalfOfId, data }));
};

/** A row's hash: of the one before, its place and its content. `appendAudit` does the same in SQL. */
const chainHash = (prevHash: string, sequence: number, content: string): string =>
  sha256(`${prevHash} ${sequence} ${content}`);

export interface AuditFault {
  sequence: number;
  /** The last of several in a row. */
  through?: number;
  fault: "edited" | "deleted" | "reordered";
  /** Where a reordered row was written. */
  writtenAs?: number;
}

/** Reads a chain from its beginning, row by row, and names what was done to it since it was written. */
export class AuditReading {
  readonly organizationId: string;
  readonly faults: AuditFault[] = [];
  #last: { sequence: number; hash: string; isSound: boolean } = {
    sequence: 0,
    hash: genesisHash,
    isSound: true,
  };

  constructor(organizationId: string) {
    this.organizationId = organizationId;
  }

  get rows(): AuditHead {
    const { sequence, hash } = this.#last;
    return { sequence, hash };
  }

  /** @param length how many rows the chain has: where a reordered one may have been. */
  next(row: ChainedEntry, length: number): void {
    const last = this.#last;
    this.#missing(last.sequence + 1, row.sequence);
    const follows = row.sequence === last.sequence + 1;
    const content = contentHash(this.organizationId, row);
    const isSound = chainHash(row.prevHash, row.sequence, content) === row.hash;
    if (!isSound) this.faults.push({ sequence: row.sequence, ...placed(row, content, length) });
    // Rewritten with a hash that fits: it shows by what follows it.
    else if (follows && last.isSound && row.prevHash !== last.hash)
      this.#edited(last.sequence || row.sequence);
    this.#last = { sequence: row.sequence, hash: row.hash, isSound };
  }

  /** Compares where the chain ends with where it is known to. */
  end(head: AuditHead): void {
    const { sequence, hash, isSound } = this.#last;
    this.#missing(sequence + 1, head.sequence + 1);
    if (sequence === head.sequence && isSound && hash !== head.hash) this.#edited(sequence);
  }

  #missing(from: number, until: number): void {
    if (from >= until) return;
    const through = until - 1 > from ? { through: until - 1 } : {};
    this.faults.push({ sequence: from, ...through, fault: "deleted" });
  }

  #edited(sequence: number): void {
    this.faults.push({ sequence, fault: "edited" });
  }
}

/** Whether a row that does not fit its place fits another. */
function placed(row: ChainedEntry, content: string, length: number): Omit<AuditFault, "sequence"> {
  for (let place = 1; place <= length; place++)
    if (chainHash(row.prevHash, place, content) === row.hash) return { fault: "reordered", writtenAs: place };
  return { fault: "edited" };
}
