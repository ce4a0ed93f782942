import { type ProcedureManifest, deprecationText } from "@helpdesk/server";
import { namedShapes, rootsOf } from "./named-shapes.ts";
import { type Declared, type DeclaredProcedure, pascal } from "./read.ts";
import type { Shape } from "./shape.ts";

export interface About {
  /** What it does, where somebody said so. */
  summary?: string;
  /** What a caller has to be allowed to do. */
  permission: string;
  deprecated?: NonNullable<ProcedureManifest["deprecated"]>;
}

const quoted = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const codes = (list: readonly string[]): string =>
  list.length === 0 ? "never" : list.map((code) => JSON.stringify(code)).join(" | ");

const head = `// Made from the server's types by @helpdesk/contract.
import type { TRPCBuiltRouter, TRPCErrorShape } from "@trpc/server";

export type RefusalCode = keyof Refusals;
/** Every way a call can be refused. */
export type Refusal = Refusals[RefusalCode];

/** An error as it travels. \`refusal\` is null for a defect, which has an \`errorId\` to find in the server's log. */
export interface ErrorShape<Code extends RefusalCode> {
  message: string;
  code: TRPCErrorShape["code"];
  data: {
    code: string;
    httpStatus: number;
    path: string | null;
    refusal: Refusals[Code | CommonRefusalCode] | null;
    errorId: string | null;
  };
}

/** A procedure as tRPC's client reads it. */
interface Procedure<Type, Input, Output, Code extends RefusalCode> {
  _def: {
    $types: { input: Input; output: Output; errorShape: ErrorShape<Code> };
    procedure: true;
    type: Type;
    meta: unknown;
    experimental_caller: boolean;
    inputs: never[];
  };
  meta: unknown;
  (call: unknown): Promise<Output>;
}
interface Query<Input, Output, Code extends RefusalCode> extends Procedure<"query", Input, Output, Code> {}
interface Mutation<Input, Output, Code extends RefusalCode> extends Procedure<"mutation", Input, Output, Code> {}
interface Subscription<Input, Output, Code extends RefusalCode> extends Procedure<"subscription", Input, Output, Code> {}

/** What travels is JSON, so there is nothing for tRPC to take out of these types: \`boolean\` says to leave them as they are. */
interface Root {
  ctx: object;
  meta: object;
  errorShape: ErrorShape<never>;
  transformer: boolean;
}
export type AppRouter = TRPCBuiltRouter<Root, Procedures>;
`;

const reserved = [
  "RefusalCode",
  "Refusal",
  "Refusals",
  "CommonRefusalCode",
  "ErrorShape",
  "Procedure",
  "Root",
  "Query",
  "Mutation",
  "Subscription",
  "AppRouter",
  "Procedures",
  "UploadView",
  "UploadRefusalCode",
  "Promise",
  "AsyncIterable",
];

/** The declarations that stand in for the server: one file, importing nothing but tRPC's types. */
export function printContract(
  contract: Declared,
  common: readonly string[],
  about: (path: string) => About,
): string {
  const { procedures, refusal, refusals, uploadView, uploadRefusals } = contract;
  const byHand = new Map([
    [refusal.text, "Refusal"],
    [uploadView.text, "UploadView"],
  ]);
  const refusalRoots = [...refusals].map(([code, shape]) => ({ shape, name: `${pascal(code)}Refusal` }));
  const named = namedShapes([...refusalRoots, ...rootsOf(procedures)], contract.names, byHand, reserved);

  const nameOf = (shape: Shape): string | undefined => byHand.get(shape.text) ?? named.get(shape.text)?.name;
  const printed = (shape: Shape, depth: number): string => nameOf(shape) ?? whole(shape, depth);
  const wrapped = (shape: Shape, depth: number): string => {
    const text = printed(shape, depth);
    const isOne =
      nameOf(shape) !== undefined || !(/^(union|intersection)$/.test(shape.kind) || "readonly" in shape);
    return isOne ? text : `(${text})`;
  };

  function whole(shape: Shape, depth: number): string {
    switch (shape.kind) {
      case "text":
        return shape.text;
      case "array":
        return `${shape.readonly}${wrapped(shape.item, depth)}[]`;
      case "generic":
        return `${shape.name}<${shape.args.map((arg) => printed(arg, depth)).join(", ")}>`;
      case "union":
        return shape.members.map((member) => wrapped(member, depth)).join(" | ");
      case "intersection":
        return shape.members.map((member) => wrapped(member, depth)).join(" & ");
      case "tuple":
        return `${shape.readonly}[${shape.items
          .map(({ shape: item, mark }) =>
            mark === "..." ? `...${wrapped(item, depth)}[]` : `${wrapped(item, depth)}${mark}`,
          )
          .join(", ")}]`;
      case "object":
        return objectText(shape, depth);
    }
  }

  function objectText(shape: Extract<Shape, { kind: "object" }>, depth: number): string {
    const indent = "  ".repeat(depth + 1);
    const lines = [
      ...shape.indexes.map(({ key, value }) => `${indent}[key: ${key.text}]: ${printed(value, depth + 1)};`),
      ...shape.properties.map(({ name, isOptional, shape: inner, doc }) => {
        const line = `${indent}${quoted(name)}${isOptional ? "?" : ""}: ${printed(inner, depth + 1)};`;
        return doc ? `${docText(doc, indent)}${line}` : line;
      }),
    ];
    if (lines.length === 0) return "{}";
    return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
  }

  const declaration = (name: string, shape: Shape): string =>
    shape.kind === "object" ? `interface ${name} ${whole(shape, 0)}` : `type ${name} = ${whole(shape, 0)};`;

  function procedureText(procedure: DeclaredProcedure, indent: string): string {
    const { path, type, input, output, refusals: all } = procedure;
    const { summary, permission, deprecated } = about(path.join("."));
    const own = all.filter((code) => !common.includes(code));
    const kind = type[0]!.toUpperCase() + type.slice(1);
    const doc = `${summary === undefined ? "" : `${summary}. `}Permission: ${permission}.${deprecated ? `\n@deprecated ${deprecationText(deprecated)}` : ""}`;
    const depth = indent.length / 2;
    const args = `${printed(input, depth)}, ${printed(output, depth)}, ${codes(own)}`;
    return `${docText(doc, indent)}${indent}${quoted(path.at(-1)!)}: ${kind}<${args}>;`;
  }

  return [
    head,
    `export type CommonRefusalCode = ${codes(common)};`,
    `export type UploadRefusalCode = ${codes(uploadRefusals)};`,
    `export interface UploadView ${whole(uploadView, 0)}`,
    `interface Refusals {\n${[...refusals]
      .map(([code, shape]) => `  ${JSON.stringify(code)}: ${printed(shape, 1)};`)
      .join("\n")}\n}`,
    ...[...named.values()].map(({ name, shape }) => declaration(name, shape)),
    `type Procedures = ${branchText(procedures, 0, procedureText)};`,
    "",
  ].join("\n");
}

function docText(doc: string, indent: string): string {
  const lines = doc.replaceAll("*/", "*\\/").split("\n");
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

function branchText(
  procedures: readonly DeclaredProcedure[],
  depth: number,
  leaf: (procedure: DeclaredProcedure, indent: string) => string,
): string {
  const indent = "  ".repeat(depth + 1);
  const groups = Map.groupBy(procedures, ({ path }) => path[depth]!);
  const lines = [...groups].map(([name, below]) =>
    below[0]!.path.length === depth + 1
      ? leaf(below[0]!, indent)
      : `${indent}${quoted(name)}: ${branchText(below, depth + 1, leaf)};`,
  );
  return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
}
