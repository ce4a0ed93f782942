import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { type HelpdeskClient, createHelpdeskClient } from "../client.ts";
import type { ClientOptions } from "../options.ts";
import type { UploadOptions, UploadedAttachment } from "../upload.ts";
import { credentialsFromEnv } from "./credentials.ts";

/** Everything may be left out where the environment says it. */
export interface NodeClientOptions extends Omit<ClientOptions, "url"> {
  /** `HELPDESK_URL` where it is left out. */
  url?: string;
}

export interface NodeHelpdeskClient extends HelpdeskClient {
  /** Sends a file from disk, a piece at a time, under its own name or `name`. @throws as `uploadAttachment`. */
  uploadFile(path: string, options?: UploadOptions): Promise<UploadedAttachment>;
}

/** A client for services and scripts: where the server is and whose key it uses come from the environment. */
export function createNodeClient(options: NodeClientOptions = {}): NodeHelpdeskClient {
  const { url = process.env["HELPDESK_URL"], tokens, credentials = keyUnless(tokens), ...others } = options;
  if (!url) throw new TypeError("Where is the server? Give the client a url, or set HELPDESK_URL.");
  const client = createHelpdeskClient({ ...others, url, tokens, credentials });
  return {
    ...client,
    uploadFile: async (path, upload) =>
      client.uploadAttachment(await openAsBlob(path), { name: basename(path), ...upload }),
  };
}

/** Who brings tokens acts as their person. */
const keyUnless = (tokens: ClientOptions["tokens"]): ClientOptions["credentials"] =>
  tokens === undefined ? (credentialsFromEnv() ?? undefined) : undefined;
