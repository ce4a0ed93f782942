import type { MultipartFile } from "@fastify/multipart";
import { refuse } from "@helpdesk/domain";
import type { FastifyRequest } from "fastify";

/** One file, and little else. */
export const formLimits = {
  files: 1,
  fields: 5,
  parts: 6,
  fieldNameSize: 100,
  fieldSize: 1_000,
  headerPairs: 20,
} as const;

/** What a form may have around its file. */
const AROUND_BYTES = 65_536;

/** The file of a form, its bytes as they arrive. @throws RefusalError `input.invalid`, `attachment.too_large`. */
export async function fileOf(
  request: FastifyRequest,
  maxBytes: number,
): Promise<{ name: string; content: AsyncIterable<Buffer> }> {
  if (!request.isMultipart()) refuse(wrong("must be multipart/form-data"));
  if (Number(request.headers["content-length"] ?? 0) > maxBytes + AROUND_BYTES)
    refuse({ code: "attachment.too_large", limitBytes: maxBytes });
  // Whoever went away while we asked who they are: the reader of forms would wait for ever.
  if (request.raw.destroyed && !request.raw.readableEnded) refuse(wrong("is not a whole form with one file"));
  // One byte more than may be, so that one too many shows.
  const parts = request.parts({ limits: { fileSize: maxBytes + 1 } });
  for (;;) {
    const { value: part, done } = await whole(() => parts.next());
    if (done) return refuse(wrong("has no file"));
    // Forms write quotes in names so.
    const name = part.type === "file" ? part.filename.replaceAll("%22", '"') : "";
    if (part.type === "file") return { name, content: bytesOf(part, parts) };
  }
}

/** The bytes of the file, if it is whole and nothing comes after it. */
async function* bytesOf(part: MultipartFile, parts: AsyncIterator<unknown>): AsyncGenerator<Buffer> {
  const chunks = (part.file as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = await whole(() => chunks.next());
      if (done) break;
      yield value;
    }
  } finally {
    part.file.destroy();
  }
  const { done } = await whole(() => parts.next());
  if (!done) refuse(wrong("the file comes last, and there is one"));
}

/** What goes wrong with reading a form is the form's fault: it was broken off, or is none. */
async function whole<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    return refuse(wrong(`is not a whole form with one file: ${(error as Error).message}`));
  }
}

const wrong = (message: string) => ({
  code: "input.invalid" as const,
  issues: [{ path: ["file"], message }],
});
