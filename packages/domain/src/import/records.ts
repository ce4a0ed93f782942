import type { ImportFormat } from "../values.ts";

/** The bytes of one record: of CSV they may go over several lines. */
export interface FileRecord {
  /** Null where there were more than may be. */
  bytes: Uint8Array | null;
  /** The line of the file that it begins on, from 1. */
  line: number;
  /** Where the next one begins, and on which line. */
  endsAt: number;
  nextLine: number;
  /** A quoted cell had no end: whatever came after it is in it. */
  isUnclosed: boolean;
}

/** The most bytes that a record has; what is longer is passed over without being held. */
export const maxRecordBytes = 4_194_304;

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** Cuts bytes into records, whatever pieces they come in, from a position at the start of a record on. Blank lines are none. */
export class RecordCutter {
  readonly #isQuoted: boolean;
  readonly #delimiter: number;
  #pieces: Uint8Array[] = [];
  #held = 0;
  #isTooLong = false;
  #inQuotes = false;
  #atCellStart = true;
  #offset: number;
  #line: number;
  #startLine: number;

  constructor(format: ImportFormat, { delimiter = ",", offset = 0, line = 1 } = {}) {
    this.#isQuoted = format === "csv";
    this.#delimiter = delimiter.charCodeAt(0);
    this.#offset = offset;
    this.#line = line;
    this.#startLine = line;
  }

  *push(chunk: Uint8Array): Generator<FileRecord> {
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === LF) {
        this.#line++;
        if (this.#inQuotes) continue;
        this.#hold(chunk.subarray(from, i));
        this.#offset += i + 1 - from;
        from = i + 1;
        const record = this.#take();
        if (record) yield record;
      } else if (this.#isQuoted) this.#see(byte);
    }
    if (from === chunk.length) return;
    this.#hold(chunk.subarray(from));
    this.#offset += chunk.length - from;
  }

  /** The last record, where no line ends it. */
  *end(): Generator<FileRecord> {
    const record = this.#take();
    if (record) yield record;
  }

  /** A quote opens a cell only at its start; two within one are one, which closes it and opens it again. */
  #see(byte: number): void {
    if (byte === QUOTE) {
      if (this.#inQuotes) this.#inQuotes = false;
      else if (this.#atCellStart || this.#wasQuote) this.#inQuotes = true;
      this.#wasQuote = !this.#inQuotes;
      this.#atCellStart = false;
      return;
    }
    this.#wasQuote = false;
    if (!this.#inQuotes) this.#atCellStart = byte === this.#delimiter;
  }
  #wasQuote = false;

  #hold(bytes: Uint8Array): void {
    this.#held += bytes.length;
    if (this.#held > maxRecordBytes) {
      this.#isTooLong = true;
      this.#pieces = [];
    }
    if (!this.#isTooLong && bytes.length > 0) this.#pieces.push(bytes.slice());
  }

  #take(): FileRecord | null {
    const whole = this.#isTooLong ? null : concat(this.#pieces);
    const bytes = whole?.at(-1) === CR ? whole.subarray(0, -1) : whole;
    const record = {
      bytes,
      line: this.#startLine,
      endsAt: this.#offset,
      nextLine: this.#line,
      isUnclosed: this.#inQuotes,
    };
    this.#pieces = [];
    this.#held = 0;
    this.#isTooLong = this.#inQuotes = this.#wasQuote = false;
    this.#atCellStart = true;
    this.#startLine = this.#line;
    return bytes !== null && bytes.every((byte) => byte === 32 || byte === 9) ? null : record;
  }
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
