import { type Sql, findErasureLine, read } from "@helpdesk/db";
import { type AuditFault } from "@helpdesk/db";
import { z } from "zod";
import { verifyAudit } from "../audit/verify.ts";
import { addressHash, receiptHash } from "./receipt.ts";
import { receiptSchema } from "./view.ts";

export interface VerifiedReceipt {
  /** The line of the audit log that has the receipt's hash; null where none has: it is not ours, or not as it was. */
  sequence: number | null;
  /** What is wrong with that log. */
  faults: AuditFault[];
  /** Whether it is of this address; null where no address and salt were given. */
  isOfAddress: boolean | null;
}

/** Holds a receipt to the audit log. @throws z.ZodError where it is none. */
export async function verifyReceipt(
  sql: Sql,
  content: unknown,
  of: { email: string; salt: string } | null,
): Promise<VerifiedReceipt> {
  const receipt = z.strictObject(receiptSchema.shape).parse(content);
  const { organizationId, erasureId } = receipt;
  const hash = receiptHash(receipt);
  const line = await findErasureLine.first(read(sql, organizationId), { erasureId, receiptHash: hash });
  const log = line && (await verifyAudit(sql)).find(({ organization }) => organization === line.organization);
  return {
    sequence: line?.sequence ?? null,
    faults: log?.faults ?? [],
    isOfAddress: of && addressHash(of.salt, of.email) === receipt.addressHash,
  };
}

export const isNoReceipt = (error: unknown): boolean => error instanceof z.ZodError;
