import { type TestServer, accessTokenOf, startServer } from "@helpdesk/testing/server";
import { type Claimed, claim } from "./claim.ts";
import { run } from "./run.ts";
import type { Import, ImportFile } from "./view.ts";

/** A server, and a worker that takes one import at a time. */
export interface ImportBench extends AsyncDisposable {
  server: TestServer;
  send(content: string | Uint8Array, by?: string): Promise<ImportFile>;
  step(): Promise<Claimed | null>;
  /** Sends a file, has it imported and tells how that went. */
  imported(content: string | Uint8Array, input: Omit<CreateInput, "fileId">): Promise<Import>;
  problemsOf(
    importId: string,
  ): Promise<{ line: number; field: string | null; reason: string; value: string }[]>;
}

interface CreateInput {
  fileId: string;
  kind: "users" | "tickets" | "articles";
  format: "csv" | "jsonl";
  mapping?: Record<string, string>;
  onExisting?: "skip" | "update";
  isDryRun?: boolean;
}

const ADMIN = "omar";

export async function upload(
  server: TestServer,
  by: string,
  content: string | Uint8Array,
): Promise<Response> {
  const form = new FormData();
  form.set("file", new Blob([content as string]), "things.txt");
  return fetch(`${server.url}/imports/files`, {
    method: "POST",
    headers: { authorization: `Bearer ${await accessTokenOf(server.url, by)}` },
    body: form,
  });
}

export async function openImportBench(env: Record<string, string> = {}): Promise<ImportBench> {
  const server = await startServer({ env: { ACCESS_TOKEN_SECONDS: "3600", ...env } });
  const bench: ImportBench = {
    server,
    async send(content, by = ADMIN) {
      const response = await upload(server, by, content);
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as ImportFile;
    },
    async step() {
      const claimed = await claim(server.resources);
      if (claimed)
        await run({ ...server.resources, turnSeconds: 86_400 }, claimed, new AbortController().signal);
      return claimed;
    },
    async imported(content, input) {
      const { id: fileId } = await bench.send(content);
      const { api } = await server.as(ADMIN);
      const { id } = await api.imports.create.mutate({ ...input, fileId });
      await bench.step();
      return api.imports.get.query({ importId: id });
    },
    async problemsOf(importId) {
      const { api } = await server.as(ADMIN);
      return (await api.imports.problems.query({ importId, limit: 100 })).items;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return bench;
}
