import { readFile } from "node:fs/promises";
import type { ServiceCredentials } from "../options.ts";

/** Asked at each exchange, so that a key that was rotated is picked up from its file. */
export type EnvCredentials = () => Promise<ServiceCredentials>;

/**
 * A service's credentials by its environment: `HELPDESK_API_KEY`, or `HELPDESK_API_KEY_FILE` with the path of a file that
 * holds the key alone, and `HELPDESK_ON_BEHALF_OF` where it acts for somebody. Null where there is no key.
 */
export function credentialsFromEnv(
  env: Readonly<Record<string, string | undefined>> = process.env,
): EnvCredentials | null {
  const { HELPDESK_API_KEY: key, HELPDESK_API_KEY_FILE: path, HELPDESK_ON_BEHALF_OF: onBehalfOf } = env;
  if (!key && !path) return null;
  return async () => ({
    apiKey: (key || (await readFile(path!, "utf8"))).trim(),
    ...(onBehalfOf && { onBehalfOf }),
  });
}
