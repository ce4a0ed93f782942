import { newKey } from "./key.ts";

/** What there is to send: a `File`, a `Blob`, bytes, or bytes as they come, which can be sent once only. */
export type FileContent = Blob | Uint8Array | ReadableStream<Uint8Array>;

/** What a form is made of. */
export type FormContent = Exclude<FileContent, Uint8Array>;

export const toFormContent = (content: FileContent): FormContent =>
  ArrayBuffer.isView(content) ? new Blob([content as Uint8Array<ArrayBuffer>]) : content;

export const isBlob = (content: FormContent): content is Blob => "size" in content;

export interface FormBody {
  headers: Record<string, string>;
  body: FormData | ReadableStream<Uint8Array>;
}

/** A form that the platform makes of a blob. */
export function formOf(content: Blob, name: string): FormBody {
  const body = new FormData();
  // React Native's forms have no `set`.
  body.append("file", content, name);
  return { headers: {}, body };
}

/** A form written by hand around bytes as they come; `onBytes` is told how many of the file's have been taken. */
export function streamedForm(
  content: ReadableStream<Uint8Array>,
  name: string,
  onBytes: (sentBytes: number) => void,
): FormBody {
  // Not to be found in the bytes, whoever wrote them.
  const boundary = `----${newKey()}`;
  const encode = (text: string) => new TextEncoder().encode(text);
  const escaped = name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  let sentBytes = 0;
  const around = new TransformStream<Uint8Array, Uint8Array>({
    start: (form) =>
      form.enqueue(
        encode(
          `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escaped}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
        ),
      ),
    transform: (bytes, form) => {
      form.enqueue(bytes);
      onBytes((sentBytes += bytes.byteLength));
    },
    flush: (form) => form.enqueue(encode(`\r\n--${boundary}--\r\n`)),
  });
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: content.pipeThrough(around),
  };
}
