import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const page = fileURLToPath(new URL("../../../docs/features.md", import.meta.url));
const rows = readFileSync(page, "utf8")
  .split("\n")
  .filter((line) => /^\| [^|]*\w/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, feature]) => feature !== "");

/** Where a cell's link leads, and the title that it shows. */
const proofIn = (cell: string) => /^\[(?:yes|part)\]\((\S+\.test\.ts) "([^"]+)"\)/.exec(cell);

test("the page of features has rows, each with a cell for us and for every other", () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
  expect(rows.filter((cells) => cells.length !== 12)).toEqual([]);
});

test("each of our features is proven by a test of the title that its link shows, or is none, with the reason", () => {
  const unproven = rows.filter(([, , ours = ""]) => {
    const [, path = "", title = ""] = proofIn(ours) ?? [];
    if (path === "") return !/^no: \S/.test(ours);
    const text = readFileSync(join(dirname(page), path), "utf8");
    return title === "" || !text.includes(title);
  });
  expect(unproven.map(([, feature]) => feature)).toEqual([]);
});
