import {
  type Scenario,
  type TextProblem,
  formProblems,
  lintScenario,
  scenarioSchema,
} from "@helpdesk/domain";
import { type Document, LineCounter, type Node, isMap, isScalar, isSeq, parseDocument, visit } from "yaml";

export type ReadDefinition = { definition: Scenario } | { problems: TextProblem[] };

/** More are one mistake in many places. */
const MOST_PROBLEMS = 100;

/** A scenario from its YAML or JSON text, or all that is wrong with it. What a text of an enemy takes is for the caller to bound. */
export function readDefinition(text: string): ReadDefinition {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: "core",
    stringKeys: true,
    // Compared each with all others there, which takes minutes where there are many.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const lineAt = (offset: number | undefined) =>
    offset === undefined ? null : Math.max(1, lines.linePos(offset).line);
  const told = <Problem>(problems: Problem[], as: (problem: Problem) => TextProblem) => ({
    problems: problems.slice(0, MOST_PROBLEMS).map(as),
  });

  const unread = [...document.errors, ...document.warnings, ...strange(document)];
  if (unread.length > 0)
    return told(unread, ({ message, pos }) => ({ path: "", message, line: lineAt(pos[0]) }));

  const parsed = scenarioSchema.safeParse(document.toJS());
  const located = (path: string, at: readonly PropertyKey[], message: string): TextProblem => ({
    path,
    message,
    line: lineAt(offsetOf(document, at)),
  });
  if (!parsed.success)
    return told(formProblems(parsed.error), ({ path, at, message }) => located(path, at, message));
  const problems = lintScenario(parsed.data);
  return problems.length > 0
    ? told(problems, ({ path, message }) => located(path, path.split("."), message))
    : { definition: parsed.data };
}

/** What YAML has and a scenario does not: references, which make much of little, keys said twice, and texts that cannot be stored. */
function strange(document: Document): { message: string; pos: [number, number?] }[] {
  const found: { message: string; pos: [number, number?] }[] = [];
  visit(document, {
    Alias(_, { range }) {
      found.push({
        message: "References to other places are not taken: write it out.",
        pos: [range?.[0] ?? 0],
      });
    },
    Map(_, { items }) {
      const names = new Set<string>();
      for (const { key } of items) {
        const name = nameOf(key);
        if (names.has(name))
          found.push({ message: `There are two of ${name}.`, pos: [(key as Node).range?.[0] ?? 0] });
        names.add(name);
      }
    },
    Scalar(_, { value, range }) {
      if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed()))
        found.push({ message: "Contains characters that are not text.", pos: [range?.[0] ?? 0] });
    },
  });
  return found;
}

/**
 * Where in the text a path leads, or as far as it goes. Lists are gone into by number, and by the id of an element; a
 * key may have dots of its own.
 */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  let node = document.contents as Node | null;
  let offset = node?.range?.[0];
  for (let rest = path.map(String); rest.length > 0;) {
    const next = isMap(node)
      ? node.items.find(({ key }) => `${rest.join(".")}.`.startsWith(`${nameOf(key)}.`))
      : isSeq(node)
        ? elementOf(node.items as Node[], rest[0]!)
        : undefined;
    if (!next) return offset;
    rest = rest.slice("key" in next ? nameOf(next.key).split(".").length : 1);
    const at = "key" in next ? (next.key as Node) : (next as Node);
    offset = at.range?.[0] ?? offset;
    node = ("key" in next ? next.value : next) as Node | null;
  }
  return offset;
}

const nameOf = (key: unknown): string => (isScalar(key) ? String(key.value) : "");

const elementOf = (items: readonly Node[], name: PropertyKey): Node | undefined =>
  items[Number(name)] ?? items.find((item) => isMap(item) && item.get("id") === name);
