import { type DeclaredProcedure, pascal } from "./read.ts";
import type { Shape } from "./shape.ts";

/** A shape shorter than this is said again rather than named; one that the sources name, only where it is very short. */
const WORTH_A_NAME = 48;
const WORTH_ITS_NAME = 24;

const childrenOf = (shape: Shape): { shape: Shape; name: string }[] => {
  switch (shape.kind) {
    case "text":
      return [];
    case "array":
      return [{ shape: shape.item, name: "Item" }];
    case "generic":
      return shape.args.map((arg) => ({ shape: arg, name: "" }));
    case "tuple":
      return shape.items.map((item) => ({ shape: item.shape, name: "Item" }));
    case "object":
      return [
        ...shape.indexes.map(({ value }) => ({ shape: value, name: "Value" })),
        ...shape.properties.map(({ name, shape: inner }) => ({ shape: inner, name: pascal(name) })),
      ];
    default:
      return shape.members.map((member) => ({ shape: member, name: kindOf(member) }));
  }
};

/** What tells a member of a union from the others, for its name. */
function kindOf(member: Shape): string {
  if (member.kind !== "object") return "";
  const tag = member.properties.find(({ name }) => ["kind", "type", "code"].includes(name))?.shape.text;
  return tag && /^"[a-z_.]+"$/.test(tag) ? pascal(tag.slice(1, -1)) : "";
}

export interface Root {
  shape: Shape;
  name: string;
}

/** Shapes by text that have a name of their own: those that the sources name, and those that stand in several places. */
export function namedShapes(
  roots: readonly Root[],
  sourceNames: ReadonlyMap<string, string>,
  /** By text: what is declared by hand. */
  declared: ReadonlyMap<string, string>,
  reserved: Iterable<string>,
): Map<string, { name: string; shape: Shape }> {
  const seen = new Map<string, { shape: Shape; places: number; firstName: string }>();
  const visit = (shape: Shape, name: string): void => {
    if (declared.has(shape.text)) return;
    const known = seen.get(shape.text);
    if (known) {
      known.places += 1;
      return;
    }
    seen.set(shape.text, { shape, places: 1, firstName: name });
    for (const child of childrenOf(shape)) visit(child.shape, `${name}${child.name}`);
  };
  for (const { shape, name } of roots) visit(shape, name);

  const named = new Map<string, { name: string; shape: Shape }>();
  const taken = new Set(reserved);
  for (const [text, { shape, places, firstName }] of seen) {
    const sourceName = sourceNames.get(text);
    const isNameable = shape.kind === "object" || shape.kind === "union";
    const isWorth = sourceName ? text.length >= WORTH_ITS_NAME : places > 1 && text.length >= WORTH_A_NAME;
    if (!isNameable || !isWorth) continue;
    const wished = sourceName ?? firstName;
    let name = wished;
    for (let count = 2; taken.has(name); count++) name = `${wished}${count}`;
    taken.add(name);
    named.set(text, { name, shape });
  }
  return named;
}

export const rootsOf = (procedures: readonly DeclaredProcedure[]): Root[] =>
  procedures.flatMap(({ path, input, output }) => {
    const name = path.map(pascal).join("");
    return [
      { shape: input, name: `${name}Input` },
      { shape: output, name: `${name}Output` },
    ];
  });
