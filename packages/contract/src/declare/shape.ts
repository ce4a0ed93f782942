import ts from "typescript-5";

/** A type, taken apart as far as it is to be printed. */
export type Shape =
  | { kind: "text"; text: string }
  | { kind: "union" | "intersection"; members: Shape[]; text: string }
  | { kind: "array"; item: Shape; readonly: string; text: string }
  | { kind: "generic"; name: string; args: Shape[]; text: string }
  | { kind: "tuple"; items: { shape: Shape; mark: "" | "?" | "..." }[]; readonly: string; text: string }
  | { kind: "object"; properties: Property[]; indexes: { key: Shape; value: Shape }[]; text: string };

interface Property {
  name: string;
  isOptional: boolean;
  shape: Shape;
  /** The docstring, without its marks. */
  doc: string;
}

const quoted = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** What JSON carries has no methods; of classes only these may be met, by name. */
const generics = new Map([
  ["AsyncIterable", "AsyncIterable"],
  ["AsyncGenerator", "AsyncIterable"],
]);

/** Takes types apart; equal types give shapes of equal text, whatever they are called. @throws on what JSON cannot carry. */
export function shapes(checker: ts.TypeChecker): (type: ts.Type) => Shape {
  const known = new Map<ts.Type, Shape>();
  const open: ts.Type[] = [];

  const text = (value: string): Shape => ({ kind: "text", text: value });

  function shapeOf(type: ts.Type): Shape {
    const found = known.get(type);
    if (found) return found;
    if (open.includes(type)) throw new Error(`A type contains itself: ${checker.typeToString(type)}`);
    open.push(type);
    const shape = takenApart(type);
    open.pop();
    known.set(type, shape);
    return shape;
  }

  function takenApart(type: ts.Type): Shape {
    if (type.isUnion()) return unionOf(type.types);
    if (type.isIntersection() && type.types.some(({ flags }) => flags & ts.TypeFlags.StringLike))
      throw new Error(`A branded text cannot be declared: ${checker.typeToString(type)}`);
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)))
      return text(checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation));
    if (checker.isTupleType(type)) return tupleOf(type as ts.TypeReference);
    if (checker.isArrayType(type)) {
      const item = shapeOf(checker.getTypeArguments(type as ts.TypeReference)[0]!);
      const simple =
        item.kind === "text" || item.kind === "object" || item.kind === "array" || item.kind === "generic";
      const readonly = type.symbol.name === "ReadonlyArray" ? "readonly " : "";
      const text = simple && item.kind !== "array" ? `${item.text}[]` : `(${item.text})[]`;
      return { kind: "array", item, readonly, text: readonly + text };
    }
    const symbolName = type.symbol?.name ?? "";
    const name = generics.get(symbolName);
    if (name !== undefined) {
      const args = checker
        .getTypeArguments(type as ts.TypeReference)
        .slice(0, 1)
        .map(shapeOf);
      return { kind: "generic", name, args, text: `${name}<${args.map((arg) => arg.text).join(", ")}>` };
    }
    if (type.getCallSignatures().length > 0 || symbolName === "Date")
      throw new Error(`JSON carries no ${checker.typeToString(type)}`);
    return objectOf(type);
  }

  function unionOf(types: readonly ts.Type[]): Shape {
    const isBoolean = types.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral).length === 2;
    const rest = isBoolean ? types.filter(({ flags }) => !(flags & ts.TypeFlags.BooleanLiteral)) : types;
    const members = [...rest.map(shapeOf), ...(isBoolean ? [text("boolean")] : [])];
    // null and undefined stand last, as people write them.
    const rank = (member: Shape) => ["null", "undefined"].indexOf(member.text);
    const sorted = [...new Map(members.map((member) => [member.text, member])).values()].toSorted(
      (a, b) => rank(a) - rank(b) || (a.text < b.text ? -1 : 1),
    );
    if (sorted.length === 1) return sorted[0]!;
    return { kind: "union", members: sorted, text: sorted.map((member) => member.text).join(" | ") };
  }

  function tupleOf(type: ts.TypeReference): Shape {
    const { elementFlags, readonly: isReadonly } = type.target as ts.TupleType;
    const readonly = isReadonly ? "readonly " : "";
    const items = checker.getTypeArguments(type).map((item, at) => {
      const flags = elementFlags[at]!;
      const mark = flags & ts.ElementFlags.Rest ? "..." : flags & ts.ElementFlags.Optional ? "?" : "";
      return { shape: shapeOf(item), mark } as const;
    });
    const texts = items.map(({ shape, mark }) =>
      mark === "..." ? `...(${shape.text})[]` : mark === "?" ? `(${shape.text})?` : shape.text,
    );
    return { kind: "tuple", items, readonly, text: `${readonly}[${texts.join(", ")}]` };
  }

  function objectOf(type: ts.Type): Shape {
    const properties = checker.getPropertiesOfType(type).map((symbol): Property => {
      const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
      const declared = checker.getTypeOfSymbol(symbol);
      const shape = shapeOf(declared);
      const doc = ts.displayPartsToString(symbol.getDocumentationComment(checker));
      return { name: symbol.name, isOptional, shape: isOptional ? withoutUndefined(shape) : shape, doc };
    });
    const indexes = checker
      .getIndexInfosOfType(type)
      .map(({ keyType, type: value }) => ({ key: shapeOf(keyType), value: shapeOf(value) }));
    const parts = [
      ...indexes.map(({ key, value }) => `[key: ${key.text}]: ${value.text}`),
      ...properties.map(
        ({ name, isOptional, shape }) => `${quoted(name)}${isOptional ? "?" : ""}: ${shape.text}`,
      ),
    ];
    return {
      kind: "object",
      properties,
      indexes,
      text: parts.length === 0 ? "{}" : `{ ${parts.join("; ")} }`,
    };
  }

  return shapeOf;
}

/** Under `?` it is implied. */
function withoutUndefined(shape: Shape): Shape {
  if (shape.kind !== "union") return shape;
  const members = shape.members.filter(({ text }) => text !== "undefined");
  if (members.length === 1) return members[0]!;
  return { kind: "union", members, text: members.map((member) => member.text).join(" | ") };
}
