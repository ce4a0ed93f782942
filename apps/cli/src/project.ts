import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** What development leaves behind, in one folder that may be deleted. */
export const DATA = join(ROOT, ".data");
