import { UnreachableError } from "./failure.ts";
import { retryAfterMs } from "./retry-after.ts";
import { type FormContent, formOf, isBlob, streamedForm } from "./upload-form.ts";

export interface UploadProgress {
  sentBytes: number;
  /** Null for a stream that nobody has said the size of. */
  totalBytes: number | null;
}

export interface UploadRequest {
  url: string;
  headers: Record<string, string>;
  content: FormContent;
  name: string;
  totalBytes: number | null;
  onProgress: ((progress: UploadProgress) => void) | undefined;
  signal: AbortSignal | undefined;
}

/** What came back, whoever sent. */
export interface UploadAnswer {
  status: number;
  text: string;
  /** How long it asks to wait. */
  retryAfterMs: number | null;
}

/** The part of `XMLHttpRequest` that tells how far an upload is, which no fetch does. */
interface Xhr {
  upload: { onprogress: ((event: { loaded: number }) => void) | null };
  status: number;
  responseText: string;
  getResponseHeader(name: string): string | null;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  onabort: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: FormData): void;
  abort(): void;
}

const platformXhr = () => (globalThis as { XMLHttpRequest?: new () => Xhr }).XMLHttpRequest;

/** Sends a form with one file. With a fetch of the caller's own, nothing goes past it. */
export function sendUpload(
  request: UploadRequest,
  fetch: typeof globalThis.fetch,
  isOwnFetch: boolean,
): Promise<UploadAnswer> {
  const Xhr = platformXhr();
  const { content, onProgress } = request;
  if (onProgress && Xhr && !isOwnFetch && isBlob(content)) return byXhr(new Xhr(), request, content);
  return byFetch(request, fetch, onProgress !== undefined && !Xhr);
}

async function byFetch(
  { url, headers, content, name, totalBytes, onProgress, signal }: UploadRequest,
  fetch: typeof globalThis.fetch,
  isCounted: boolean,
): Promise<UploadAnswer> {
  // Node ends its process where a form's request was aborted before it began.
  signal?.throwIfAborted();
  const onBytes = (sentBytes: number) => onProgress?.({ sentBytes, totalBytes });
  const form =
    isBlob(content) && !isCounted
      ? formOf(content, name)
      : streamedForm(isBlob(content) ? content.stream() : content, name, onBytes);
  const duplex = form.body instanceof FormData ? {} : { duplex: "half" };
  const init = {
    method: "POST",
    signal,
    ...duplex,
    body: form.body,
    headers: { ...headers, ...form.headers },
  };
  const response = await fetch(url, init as RequestInit);
  const text = await response.text();
  if (isBlob(content) && !isCounted) onBytes(content.size);
  return { status: response.status, text, retryAfterMs: retryAfterMs(response.headers.get("retry-after")) };
}

function byXhr(
  xhr: Xhr,
  { url, headers, name, onProgress, signal }: UploadRequest,
  content: Blob,
): Promise<UploadAnswer> {
  return new Promise<UploadAnswer>((resolve, reject) => {
    const totalBytes = content.size;
    const tell = (sentBytes: number) => onProgress?.({ sentBytes, totalBytes });
    const abort = () => xhr.abort();
    xhr.open("POST", url);
    for (const [header, value] of Object.entries(headers)) xhr.setRequestHeader(header, value);
    // What the form adds around the file is not the caller's.
    xhr.upload.onprogress = ({ loaded }) => tell(Math.min(loaded, totalBytes));
    xhr.onload = () => {
      if (xhr.status < 400) tell(totalBytes);
      const asked = retryAfterMs(xhr.getResponseHeader("retry-after"));
      resolve({ status: xhr.status, text: xhr.responseText, retryAfterMs: asked });
    };
    xhr.onerror = () => reject(new UnreachableError("The server cannot be reached."));
    xhr.onabort = () => reject(signal?.reason ?? new Error("aborted"));
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) return reject(signal.reason);
    xhr.send(formOf(content, name).body as FormData);
  });
}
