import { expect, test } from "vitest";
import { type FileRecord, RecordCutter, maxRecordBytes } from "./records.ts";
import { textsOf } from "./csv.ts";
import { startOf } from "./layout.ts";

const utf8 = new TextEncoder();
const text = ({ bytes }: FileRecord) => (bytes === null ? null : new TextDecoder().decode(bytes));

function cut(content: string, pieceBytes: number, delimiter = ","): FileRecord[] {
  const all = utf8.encode(content);
  const cutter = new RecordCutter("csv", { delimiter });
  const records: FileRecord[] = [];
  for (let at = 0; at < all.length; at += pieceBytes)
    records.push(...cutter.push(all.subarray(at, at + pieceBytes)));
  return [...records, ...cutter.end()];
}

const content = 'a,b\r\n"one ""1"", é","two\r\nlines"\r\n\r\nplain "q",x\nnul\0,y';

test("records are the same whatever pieces the bytes come in, with quotes, newlines in cells, CRLF and NUL", () => {
  const expected = ["a,b", '"one ""1"", é","two\r\nlines"', 'plain "q",x', "nul\0,y"];
  for (const size of [1, 2, 3, 7, 1_000]) {
    const records = cut(content, size);
    expect(records.map(text)).toEqual(expected);
    expect(records.map(({ line }) => line).slice(0, 2)).toEqual([1, 2]);
    expect(records.at(-1)!.endsAt).toBe(utf8.encode(content).length);
  }
  expect(textsOf(expected[1]!, ",")).toEqual(['one "1", é', "two\r\nlines"]);
  expect(textsOf(expected[2]!, ",")).toEqual(['plain "q"', "x"]);
});

test("cutting goes on from the end of any record as if it had never stopped", () => {
  const whole = cut(content, 1_000);
  for (const [i, { endsAt, nextLine }] of whole.entries()) {
    const cutter = new RecordCutter("csv", { offset: endsAt, line: nextLine });
    const rest = [...cutter.push(utf8.encode(content).subarray(endsAt)), ...cutter.end()];
    expect(rest).toEqual(whole.slice(i + 1));
  }
});

test("a cell of 10 MB is passed over, and the record after it is read", () => {
  const long = cut(`"${"x".repeat(10_485_760)}"\nnext,1\n`, 65_536);
  expect(long.map(text)).toEqual([null, "next,1"]);
  expect(cut("x".repeat(maxRecordBytes), 65_536)[0]!.bytes!.length).toBe(maxRecordBytes);
});

test("a quote without an end is told of, and one within a cell opens nothing", () => {
  expect(cut('a,"b\nc', 2).map(({ isUnclosed }) => isUnclosed)).toEqual([true]);
  expect(cut('a,b"\nc', 2).map(text)).toEqual(['a,b"', "c"]);
});

test("the mark of UTF-8 stands before the first record, and other encodings are refused", () => {
  expect(startOf(utf8.encode("\uFEFFa"))).toBe(3);
  expect(startOf(utf8.encode("a"))).toBe(0);
  expect(() => startOf(new Uint8Array([0xff, 0xfe, 0x61, 0]))).toThrow("import.file_unreadable");
  expect(() => startOf(new Uint8Array())).toThrow("import.file_unreadable");
});
