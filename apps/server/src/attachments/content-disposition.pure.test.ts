import { expect, test } from "vitest";
import { contentDisposition } from "./content-disposition.ts";

test("a name stands plainly for old readers and whole for others, and is nothing but a name", () => {
  expect(contentDisposition("bill.pdf")).toBe(`attachment; filename="bill.pdf"; filename*=UTF-8''bill.pdf`);
  expect(contentDisposition(`a"b\\c%20'd*.txt`)).toBe(
    `attachment; filename="a_b_c_20'd*.txt"; filename*=UTF-8''a%22b%5Cc%2520%27d%2A.txt`,
  );
  expect(contentDisposition("請求書.pdf")).toBe(
    `attachment; filename="___.pdf"; filename*=UTF-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.pdf`,
  );
});
