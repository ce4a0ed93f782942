import { fileURLToPath } from "node:url";
import ts from "typescript-5";
import { type Shape, shapes } from "./shape.ts";

export interface DeclaredProcedure {
  /** `["tickets", "open"]` */
  path: string[];
  type: string;
  input: Shape;
  output: Shape;
  refusals: string[];
  /** Where its input's schema is written; null where it takes none. */
  inputSource: InputSource | null;
}

/** The expression of a schema in a file of the server, and the statement around it. */
export interface InputSource {
  file: string;
  expression: string;
  /** Where the statement that it stands in begins and ends: the routes. */
  statement: readonly [start: number, end: number];
}

export interface Declared {
  procedures: DeclaredProcedure[];
  refusal: Shape;
  /** The shape of each refusal by its code. */
  refusals: Map<string, Shape>;
  uploadView: Shape;
  uploadRefusals: string[];
  /** What the server and the domain call a shape, by its text. */
  names: Map<string, string>;
}

const subjectFile = fileURLToPath(new URL("subject.ts", import.meta.url));

/** Reads the contract from the types of the server's sources. The compiler's API is that of TypeScript 5: 7 has none that is stable. */
export function readContract(): Declared {
  const program = ts.createProgram([subjectFile], {
    target: ts.ScriptTarget.ESNext,
    lib: ["lib.esnext.d.ts"],
    module: ts.ModuleKind.NodeNext,
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ["node"],
  });
  const checker = program.getTypeChecker();
  const shapeOf = shapes(checker);
  const at = (type: ts.Type, ...names: string[]): ts.Type =>
    names.reduce((inner, name) => {
      const symbol = checker.getPropertyOfType(inner, name);
      if (!symbol) throw new Error(`No ${name} in ${checker.typeToString(inner)}`);
      return checker.getTypeOfSymbol(symbol);
    }, type);

  const source = program.getSourceFile(subjectFile)!;
  const [subjectSymbol] = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!);
  const subject = checker.getDeclaredTypeOfSymbol(subjectSymbol!);

  const procedures: DeclaredProcedure[] = [];
  const walk = (record: ts.Type, path: string[]): void => {
    for (const symbol of checker.getPropertiesOfType(record)) {
      const type = checker.getTypeOfSymbol(symbol);
      const below = [...path, symbol.name];
      if (!checker.getPropertyOfType(type, "_def")) {
        walk(type, below);
        continue;
      }
      const types = at(type, "_def", "$types");
      procedures.push({
        path: below,
        type: literalOf(at(type, "_def", "type")),
        input: shapeOf(at(types, "input")),
        output: shapeOf(at(types, "output")),
        inputSource: inputSourceOf(symbol),
        refusals: codesOf(checker.getNonNullableType(at(types, "errorShape", "data", "refusal"))),
      });
    }
  };
  const codesOf = (refusal: ts.Type): string[] =>
    membersOf(refusal)
      .map((member) => literalOf(at(member, "code")))
      .toSorted();
  walk(at(subject, "procedures"), []);

  return {
    procedures,
    refusal: shapeOf(at(subject, "refusal")),
    refusals: new Map(
      membersOf(at(subject, "refusal")).map((member) => [literalOf(at(member, "code")), shapeOf(member)]),
    ),
    uploadView: shapeOf(at(subject, "uploadView")),
    uploadRefusals: membersOf(at(subject, "uploadRefusalCode")).map(literalOf).toSorted(),
    names: namesIn(program, checker, shapeOf),
  };
}

/** Looks up the chain of calls that makes a procedure for its `.input(…)`. */
function inputSourceOf(symbol: ts.Symbol): InputSource | null {
  const declaration = symbol.declarations?.[0];
  if (!declaration || !ts.isPropertyAssignment(declaration)) return null;
  let link: ts.Expression = declaration.initializer;
  while (ts.isCallExpression(link) && ts.isPropertyAccessExpression(link.expression)) {
    const [schema] = link.arguments;
    if (link.expression.name.text === "input" && schema) {
      let statement: ts.Node = declaration;
      while (!ts.isSourceFile(statement.parent)) statement = statement.parent;
      const { fileName: file } = declaration.getSourceFile();
      return { file, expression: schema.getText(), statement: [statement.getStart(), statement.end] };
    }
    link = link.expression.expression;
  }
  return null;
}

const membersOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);

function literalOf(type: ts.Type): string {
  if (!type.isStringLiteral()) throw new Error("A literal text was expected.");
  return type.value;
}

/** Exported types and schemas of views have names: what is shared goes by them. */
function namesIn(
  program: ts.Program,
  checker: ts.TypeChecker,
  shapeOf: (type: ts.Type) => Shape,
): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const files = program
    .getSourceFiles()
    .map((file) => file.fileName)
    .filter((name) => /\/packages\/domain\/src\/|\/apps\/server\/src\/.*(view|schemas)\.ts$/.test(name))
    .toSorted();
  for (const file of files) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      const named = namedType(symbol, checker);
      if (!named || taken.has(named.name)) continue;
      try {
        const { text } = shapeOf(named.type);
        if (names.has(text)) continue;
        names.set(text, named.name);
        taken.add(named.name);
      } catch {
        // What JSON cannot carry is not in the contract.
      }
    }
  }
  return names;
}

function namedType(symbol: ts.Symbol, checker: ts.TypeChecker): { name: string; type: ts.Type } | null {
  const declaration = symbol.declarations?.[0];
  if (!declaration) return null;
  if (ts.isTypeAliasDeclaration(declaration) || ts.isInterfaceDeclaration(declaration))
    return declaration.typeParameters
      ? null
      : { name: symbol.name, type: checker.getDeclaredTypeOfSymbol(symbol) };
  if (!ts.isVariableDeclaration(declaration) || !symbol.name.endsWith("Schema")) return null;
  const zod = checker.getPropertyOfType(checker.getTypeOfSymbol(symbol), "_zod");
  const output = zod && checker.getPropertyOfType(checker.getTypeOfSymbol(zod), "output");
  if (!output) return null;
  const name = symbol.name.slice(0, -"Schema".length);
  return { name: pascal(name), type: checker.getTypeOfSymbol(output) };
}

export const pascal = (name: string): string =>
  name.replaceAll(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, _gap, first: string) => first.toUpperCase());
