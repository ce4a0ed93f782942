import { writeFile } from "node:fs/promises";
import { writtenDocument } from "./document-routes.ts";

await writeFile(new URL("../../../../docs/openapi.json", import.meta.url), writtenDocument());
