import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { payloadSchema } from "./payload.ts";

const SCHEMA = fileURLToPath(new URL("../../../../docs/contract/webhook-payload.json", import.meta.url));

test("what receivers get is what docs/contract/webhook-payload.json says: whatever changes there, somebody has to change with it", async () => {
  const schema = JSON.stringify(z.toJSONSchema(payloadSchema), null, 2);
  await expect(`${schema}\n`).toMatchFileSnapshot(SCHEMA);
});
