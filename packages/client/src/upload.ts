import type { UploadRefusalCode, UploadView } from "@helpdesk/server";
import type { Refusal } from "@helpdesk/domain";
import { isRefusal } from "./refusal.ts";
import type { Session } from "./session.ts";

/** What there is to send: a `File`, a `Blob`, or bytes as they come, which can be sent once only. */
export type FileContent = Blob | ReadableStream<Uint8Array>;

export interface UploadOptions {
  /** The ticket it is for; left out, one that is still to be opened. */
  ticketId?: string;
  /** What it is called; the name of a `File` where it is left out. */
  name?: string;
}

/** A file that was taken: its `id` goes into the `attachmentIds` of a text. */
export type UploadedAttachment = UploadView;

export type UploadRefusal = Extract<
  Refusal,
  {
    code: UploadRefusalCode | "input.invalid" | "auth.required" | "permission.denied" | "service.unavailable";
  }
>;

/** A file was not taken: `refusalIn(error)` says why, or is null where the server had a defect. */
export class UploadError extends Error {
  override readonly name = "UploadError";
  readonly data: { refusal: UploadRefusal | null; httpStatus: number; errorId: string | null };

  constructor(message: string, data: UploadError["data"]) {
    super(message);
    this.data = data;
  }
}

interface Sending {
  /** Where the server is, without a path. */
  url: string;
  session: Session;
  fetch: typeof fetch;
}

/** Sends a file; one refused for its token is sent once more with a new one, where it can be. @throws UploadError. */
export async function uploadAttachment(
  { url, session, fetch }: Sending,
  content: FileContent,
  { ticketId, name = nameOf(content) }: UploadOptions = {},
): Promise<UploadedAttachment> {
  const query = ticketId === undefined ? "" : `?ticketId=${encodeURIComponent(ticketId)}`;
  const send = async (accessToken: string | null): Promise<UploadedAttachment> => {
    const headers: Record<string, string> =
      accessToken === null ? {} : { authorization: `Bearer ${accessToken}` };
    const form = formOf(content, name, headers);
    return taken(await fetch(`${url}/attachments${query}`, { method: "POST", headers, ...form }));
  };
  const accessToken = await session.accessToken();
  try {
    return await send(accessToken);
  } catch (error) {
    if (accessToken === null || !(content instanceof Blob) || !isRefusal(error, "auth.required")) throw error;
    const fresh = await session.refresh(accessToken);
    if (fresh === null) throw error;
    return send(fresh);
  }
}

const nameOf = (content: FileContent): string => ("name" in content ? String(content.name) : "file");

async function taken(response: Response): Promise<UploadedAttachment> {
  const body = (await response.json().catch(() => ({}))) as Partial<UploadError["data"]> & { title?: string };
  if (response.ok) return body as UploadedAttachment;
  const { refusal = null, errorId = null, title = "The file was not taken." } = body;
  throw new UploadError(title, { refusal, errorId, httpStatus: response.status });
}

/** The body of the request. A form of the platform's needs a blob, so around a stream it is written by hand. */
function formOf(
  content: FileContent,
  name: string,
  headers: Record<string, string>,
): { body: FormData | ReadableStream<Uint8Array>; duplex?: "half" } {
  if (content instanceof Blob) {
    const form = new FormData();
    form.set("file", content, name);
    return { body: form };
  }
  // Not to be found in the bytes, whoever wrote them.
  const boundary = `----${crypto.randomUUID()}`;
  headers["content-type"] = `multipart/form-data; boundary=${boundary}`;
  return { body: around(content, name, boundary), duplex: "half" };
}

function around(
  content: ReadableStream<Uint8Array>,
  name: string,
  boundary: string,
): ReadableStream<Uint8Array> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const escaped = name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return content.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      start: (form) =>
        form.enqueue(
          encode(
            `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escaped}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
          ),
        ),
      flush: (form) => form.enqueue(encode(`\r\n--${boundary}--\r\n`)),
    }),
  );
}
