import type { Receipt } from "@helpdesk/domain";
import { receiptText } from "@helpdesk/domain";
import { sha256 } from "../identity/tokens.ts";

export const receiptHash = (receipt: Receipt): string => sha256(receiptText(receipt));

/** Who has the salt can tell whose erasure it was, and nobody else. */
export const addressHash = (salt: string, email: string): string =>
  sha256(`${salt} ${email.trim().toLowerCase()}`);

interface Finished {
  id: string;
  userId: string;
  requestedById: string;
  requestedAt: string;
  addressHash: string;
  counts: Record<string, number>;
}

export const receiptOf = (organizationId: string, row: Finished, finishedAt: string): Receipt => ({
  format: "helpdesk.erasure/1",
  erasureId: row.id,
  organizationId,
  userId: row.userId,
  requestedById: row.requestedById,
  requestedAt: row.requestedAt,
  finishedAt,
  addressHash: row.addressHash,
  counts: row.counts,
});
