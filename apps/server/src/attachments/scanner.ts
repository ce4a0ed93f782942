import { connect } from "node:net";
import type { Readable } from "node:stream";

/** Says whether a file is harmful. @throws where it cannot say. */
export interface Scanner {
  /** What was found in it, or null where it is clean. */
  scan(content: Readable): Promise<string | null>;
}

const SILENCE_MS = 60_000;

/** A scanner behind a clamd, over TCP (`INSTREAM`: chunks after their lengths, then an empty one). */
export function clamd(address: string): Scanner {
  const { hostname, port } = new URL(`tcp://${address}`);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return {
    async scan(content) {
      const socket = connect({ host, port: Number(port) });
      socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error("The scanner says nothing.")));
      try {
        const answer = answerOf(socket);
        await Promise.race([send(content, socket), answer]);
        return verdict(await answer);
      } finally {
        content.destroy();
        socket.destroy();
      }
    },
  };
}

async function send(content: Readable, socket: ReturnType<typeof connect>): Promise<void> {
  const write = (bytes: Buffer) =>
    new Promise<void>((resolve, reject) =>
      socket.write(bytes, (error) => (error ? reject(error) : resolve())),
    );
  await write(Buffer.from("zINSTREAM\0"));
  for await (const chunk of content as AsyncIterable<Buffer>) {
    if (chunk.length === 0) continue;
    await write(Buffer.concat([lengthOf(chunk.length), chunk]));
  }
  await write(lengthOf(0));
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** What it said until it closed the line. */
async function answerOf(socket: ReturnType<typeof connect>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8").replaceAll("\0", "").trim();
}

function verdict(answer: string): string | null {
  if (/^stream: OK$/.test(answer)) return null;
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (found !== undefined) return found;
  throw new Error(`The scanner did not say: ${answer.slice(0, 200)}`);
}
