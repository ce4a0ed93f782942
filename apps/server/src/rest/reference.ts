/** A part of the document. */
export type Node = Record<string, unknown>;

export const refTo = (
  kind: "schemas" | "responses" | "examples" | "parameters" | "headers",
  name: string,
): Node => ({ $ref: `#/components/${kind}/${name}` });
