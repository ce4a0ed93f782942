import { createHash } from "node:crypto";
import { type Instant, toEpochMs } from "@helpdesk/domain";

const EPOCH: Instant = "2026-01-05T08:00:00.000Z";

/** A UUIDv7 that is the same at every seeding: its instant is fixed, its random part is a hash of the name. */
export function seededId(name: string): string {
  const bytes = createHash("sha256").update(name).digest().subarray(0, 16);
  bytes.writeUIntBE(toEpochMs(EPOCH), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
