import type { Instant } from "../instant.ts";
import { canonicalJson } from "../training/canonical-json.ts";

/** What is left of an erasure: it names nobody who was not there after it. */
export interface Receipt {
  format: "helpdesk.erasure/1";
  erasureId: string;
  organizationId: string;
  /** The id that history goes on naming, of nobody any more. */
  userId: string;
  requestedById: string;
  requestedAt: Instant;
  finishedAt: Instant;
  /** SHA-256 of salt, a blank and the address. The salt was told to whoever requested the erasure, and is kept nowhere. */
  addressHash: string;
  /** Rows that were deleted or changed, by table; `files` are files. */
  counts: Record<string, number>;
}

/** What the audit log has the SHA-256 of. */
export const receiptText = (receipt: Receipt): string => canonicalJson(receipt);
