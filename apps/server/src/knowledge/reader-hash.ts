import { createHmac, hkdfSync } from "node:crypto";
import type { Env } from "../env.ts";

/** Names a reader without telling who it is, to nobody without the secret. */
export const readerHash = ({ AUTH_SECRET }: Env, ...of: string[]): string => {
  const key = Buffer.from(hkdfSync("sha256", AUTH_SECRET, "", "knowledge readers", 32));
  return createHmac("sha256", key).update(JSON.stringify(of)).digest("hex");
};
