import type { Refusal, UploadRefusalCode, UploadView } from "./contract.ts";
import { UnreachableError, abortError } from "./failure.ts";
import { isRefusal } from "./refusal.ts";
import { delayMs, mayWorkAgain } from "./retry.ts";
import type { Access } from "./signed-in-link.ts";
import { type FileContent, type FormContent, isBlob, toFormContent } from "./upload-form.ts";
import { type UploadAnswer, type UploadProgress, type UploadRequest, sendUpload } from "./upload-request.ts";

export interface UploadOptions {
  /** The ticket it is for; left out, one that is still to be opened. */
  ticketId?: string | undefined;
  /** What it is called; the name of a `File` where it is left out. */
  name?: string | undefined;
  /** Told how far it is, many times; `sentBytes` begins again where the file has to be sent again. */
  onProgress?: ((progress: UploadProgress) => void) | undefined;
  /** How much a stream will bring, for `onProgress`; a blob says so itself. */
  totalBytes?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** A file that was taken: its `id` goes into the `attachmentIds` of a text. */
export type UploadedAttachment = UploadView;

export type UploadRefusal = Extract<
  Refusal,
  {
    code:
      | UploadRefusalCode
      | "input.invalid"
      | "auth.required"
      | "permission.denied"
      | "rate.limited"
      | "service.unavailable";
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

export interface Sending {
  /** Where the server is, without a path. */
  url: string;
  access: Access;
  fetch: typeof fetch;
  /** Whether `fetch` is the caller's and not the platform's. */
  isOwnFetch: boolean;
  retries: number;
}

/** Sends a file; a blob is sent again where that may help. @throws UploadError, UnreachableError, or an `AbortError` where its signal ended it. */
export async function uploadAttachment(
  sending: Sending,
  file: FileContent,
  options: UploadOptions = {},
): Promise<UploadedAttachment> {
  const content = toFormContent(file);
  for (let failures = 0; ;) {
    try {
      return await sendOnce(sending, content, options);
    } catch (error) {
      if (options.signal?.aborted) throw abortError();
      failures += 1;
      const mayRepeat = isBlob(content) && failures <= sending.retries && mayWorkAgain(error, true);
      if (!mayRepeat) throw error;
      await new Promise((resolve) => setTimeout(resolve, delayMs(failures, error)));
      if (options.signal?.aborted) throw abortError();
    }
  }
}

/** One refused for its token is sent once more with a new one, where it can be. */
async function sendOnce(
  { url, access, fetch, isOwnFetch }: Sending,
  content: FormContent,
  { ticketId, name = nameOf(content), onProgress, totalBytes, signal }: UploadOptions,
): Promise<UploadedAttachment> {
  const query = ticketId === undefined ? "" : `?ticketId=${encodeURIComponent(ticketId)}`;
  const send = async (accessToken: string | null): Promise<UploadedAttachment> => {
    const request: UploadRequest = {
      url: `${url}/attachments${query}`,
      headers: accessToken === null ? {} : { authorization: `Bearer ${accessToken}` },
      content,
      name,
      totalBytes: isBlob(content) ? content.size : (totalBytes ?? null),
      onProgress,
      signal,
    };
    return taken(await sendUpload(request, fetch, isOwnFetch));
  };
  const accessToken = await access.accessToken();
  try {
    return await send(accessToken);
  } catch (error) {
    if (accessToken === null || !isBlob(content) || !isRefusal(error, "auth.required")) throw error;
    const fresh = await access.refresh(accessToken);
    if (fresh === null) throw error;
    return send(fresh);
  }
}

const nameOf = (content: FormContent): string => ("name" in content ? String(content.name) : "file");

interface Answer extends Partial<UploadError["data"]> {
  id?: string;
  title?: string;
}

function taken({ status, text, retryAfterMs }: UploadAnswer): UploadedAttachment {
  const { id, refusal = null, errorId = null, title = "The file was not taken." } = read(text);
  if (status < 300 && id !== undefined) return JSON.parse(text) as UploadedAttachment;
  if (status >= 300 && (refusal || errorId))
    throw new UploadError(title, { refusal, errorId, httpStatus: status });
  throw new UnreachableError(`Not an answer of the API: HTTP ${status}.`, {
    httpStatus: status,
    retryAfterMs,
  });
}

/** Nothing, where it is not an answer of the API. */
function read(text: string): Answer {
  try {
    return (JSON.parse(text) as Answer | null) ?? {};
  } catch {
    return {};
  }
}
