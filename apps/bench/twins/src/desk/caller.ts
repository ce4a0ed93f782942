import jwt from "jsonwebtoken";
import { z } from "zod";

// What both twins have in common: who calls, what may be sent, what is answered. No statement is made here.

const claimsSchema = z.object({
  sub: z.uuid(),
  org: z.uuid(),
  role: z.string(),
  departmentIds: z.array(z.uuid()),
});

export interface Caller {
  userId: string;
  organizationId: string;
  departmentIds: string[];
  isCustomer: boolean;
}

const secret = process.env["TWIN_SECRET"]!;

/** The caller that a bearer token names; null for none or a wrong one. Roles are in the token, so no row is read. */
export function callerOf(authorization: string | undefined): Caller | null {
  if (!authorization?.startsWith("Bearer ")) return null;
  try {
    const { sub, org, role, departmentIds } = claimsSchema.parse(
      jwt.verify(authorization.slice(7), secret, { algorithms: ["HS256"] }),
    );
    return { userId: sub, organizationId: org, departmentIds, isCustomer: role === "customer" };
  } catch {
    return null;
  }
}
