import { expect, test } from "vitest";
import { executableTypes, isTypeAllowed } from "./content-type.ts";

test("programs are not taken by default, and everything else is", () => {
  const byDefault = { allowed: [], denied: executableTypes };
  expect(isTypeAllowed("application/x-msdownload", byDefault)).toBe(false);
  expect(isTypeAllowed("application/x-elf", byDefault)).toBe(false);
  expect(isTypeAllowed("text/plain; charset=utf-8", byDefault)).toBe(true);
  expect(isTypeAllowed("application/octet-stream", byDefault)).toBe(true);
});

test("where some are allowed it is those alone, and what is denied stays denied", () => {
  const few = { allowed: ["image/*", "text/plain"], denied: ["image/svg+xml"] };
  expect(isTypeAllowed("image/png", few)).toBe(true);
  expect(isTypeAllowed("text/plain; charset=utf-8", few)).toBe(true);
  expect(isTypeAllowed("image/svg+xml", few)).toBe(false);
  expect(isTypeAllowed("imagery/png", few)).toBe(false);
  expect(isTypeAllowed("application/pdf", few)).toBe(false);
});
