import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNodeClient, credentialsFromEnv } from "@helpdesk/client/node";
import { expect, test } from "vitest";

test("credentials come from the environment, or from a file that is read at each exchange", async () => {
  expect(credentialsFromEnv({})).toBeNull();
  const own = credentialsFromEnv({ HELPDESK_API_KEY: "hdp_1", HELPDESK_ON_BEHALF_OF: "a@b.example" })!;
  expect(await own()).toEqual({ apiKey: "hdp_1", onBehalfOf: "a@b.example" });

  const folder = await mkdtemp(join(tmpdir(), "helpdesk-key-"));
  const path = join(folder, "key");
  await writeFile(path, "hdp_2\n");
  const filed = credentialsFromEnv({ HELPDESK_API_KEY_FILE: path })!;
  expect(await filed()).toEqual({ apiKey: "hdp_2" });
  await writeFile(path, "hdp_3");
  expect(await filed()).toEqual({ apiKey: "hdp_3" });
  await rm(folder, { recursive: true });
});

test("a client that nobody told where the server is says so", () => {
  expect(() => createNodeClient({ url: "" })).toThrow("HELPDESK_URL");
  expect(createNodeClient({ url: "http://127.0.0.1:4000" })).toHaveProperty("uploadFile");
});
