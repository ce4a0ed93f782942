import { findApiKey } from "@helpdesk/db";
import { refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { type ApiKey, toApiKey } from "./view.ts";

/** A key without its secret. @throws RefusalError `api_key.not_found`. */
export async function get({ read, now }: Context, { apiKeyId }: { apiKeyId: string }): Promise<ApiKey> {
  const row = (await findApiKey.first(read, { id: apiKeyId, now })) ?? refuse({ code: "api_key.not_found" });
  return toApiKey(row, read.organizationId);
}
