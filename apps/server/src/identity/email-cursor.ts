import { refuse } from "@helpdesk/domain";
import { safeText } from "../schemas.ts";

/** Of whomever mail came from: more than people sign in with. */
const addressSchema = safeText(254).regex(/^[^\s@]+@[^\s@]+$/);

/** Where a page of people in the order of their addresses ended. Opaque to callers. */
export const toEmailCursor = (email: string): string => Buffer.from(email).toString("base64url");

/** @throws RefusalError `cursor.invalid`. */
export function fromEmailCursor(cursor: string): string {
  const email = addressSchema.safeParse(Buffer.from(cursor, "base64url").toString("utf8"));
  return email.success ? email.data : refuse({ code: "cursor.invalid" });
}
