import { expect, test } from "vitest";
import { readable } from "./log-lines.ts";

test("a line of pino becomes its level, message and fields", () => {
  expect(readable('{"level":30,"time":1,"pid":2,"hostname":"h","msg":"API ready","port":4000}')).toBe(
    "info API ready port=4000",
  );
  expect(
    readable('{"level":50,"msg":"failed","err":{"message":"boom","stack":"Error: boom\\n  at x"}}'),
  ).toBe("ERROR failed Error: boom\n  at x");
  expect(
    readable('{"level":30,"req":{"method":"GET","url":"/a"},"res":{"statusCode":200},"msg":"done"}'),
  ).toBe("info done GET /a 200");
});

test("any other line stays as it is", () => {
  for (const line of ["plain", '{"level":', '{"a":1}', ""]) expect(readable(line)).toBe(line);
});
