import { type Resolve, type Schema, alternatives, kindOf, nameOf } from "./schema.ts";

/** `input`: limits count, and nothing unknown is taken. `output`: whoever reads ignores what they do not know. */
export type Way = "input" | "output";

/** Where one schema does not fit another, as sentences of what the second says. */
export interface Misfit {
  /** `tags[].name`, or empty for the whole. */
  at: string;
  what: string;
}

interface Sides {
  from: Resolve;
  to: Resolve;
  way: Way;
}

/** Why some value of `from` is none of `to`: empty where every one is. */
export function misfits(from: Schema, to: Schema, sides: Sides, at = "", depth = 0): Misfit[] {
  // A schema that contains itself has been compared by then.
  if (depth > 12) return [];
  const targets = alternatives(to, sides.to);
  return alternatives(from, sides.from).flatMap((one) => {
    const tried = targets.map((target) => ({ target, found: compare(one, target, sides, at, depth) }));
    if (tried.some(({ found }) => found.length === 0)) return [];
    const alike = tried.filter(({ target }) => kindOf(target) === kindOf(one) && sameTag(one, target, sides));
    const [closest] = alike.toSorted((a, b) => a.found.length - b.found.length);
    return closest && !("const" in one && "const" in closest.target)
      ? closest.found
      : [
          {
            at,
            what: sides.way === "input" ? `no longer takes ${nameOf(one)}` : `may now be ${nameOf(one)}`,
          },
        ];
  });
}

/** Members of a union are told apart by constants: those with others are other members. */
function sameTag(a: Schema, b: Schema, { from, to }: Sides): boolean {
  return Object.entries(a.properties ?? {}).every(([name, property]) => {
    const other = b.properties?.[name];
    if (!other) return true;
    const [one, two] = [alternatives(property, from), alternatives(other, to)];
    if (one.length !== 1 || two.length !== 1 || !("const" in one[0]!) || !("const" in two[0]!)) return true;
    return one[0].const === two[0].const;
  });
}

function compare(from: Schema, to: Schema, sides: Sides, at: string, depth: number): Misfit[] {
  const isInput = sides.way === "input";
  const say = (what: string): Misfit[] => [{ at, what }];
  if (to.allOf) return to.allOf.flatMap((part) => misfits(from, part, sides, at, depth + 1));
  if (from.allOf) {
    const each = from.allOf.map((part) => misfits(part, to, sides, at, depth + 1));
    return each.toSorted((a, b) => a.length - b.length)[0] ?? [];
  }

  const [kind, target] = [kindOf(from), kindOf(to)];
  if (target === "anything" || kind === "nothing") return [];
  if ("const" in to) {
    if ("const" in from && JSON.stringify(from.const) === JSON.stringify(to.const)) return [];
    return say(isInput ? `takes ${nameOf(to)} only` : `may now be ${nameOf(from)}`);
  }
  const fits = kind === target || (target === "number" && kind === "integer") || isInteger(from, target);
  if (!fits) return say(isInput ? `no longer takes ${nameOf(from)}` : `may now be ${nameOf(from)}`);
  if (kind === "object") return objects(from, to, sides, at, depth);
  if (kind === "array")
    return [...arrays(from, to, sides, at, depth), ...(isInput ? limits(from, to, at) : [])];
  if ("const" in from) return [];
  if (to.format !== undefined && to.format !== from.format)
    return say(`${isInput ? "has to be" : "is no longer"} of the format ${to.format}`);
  return isInput ? limits(from, to, at) : [];
}

const isInteger = (schema: Schema, target: string): boolean =>
  "const" in schema && Number.isInteger(schema.const) && target === "integer";

function objects(from: Schema, to: Schema, sides: Sides, at: string, depth: number): Misfit[] {
  const below = (name: string) => (at === "" ? name : `${at}.${name}`);
  const isInput = sides.way === "input";
  const given = from.properties ?? {};
  const taken = to.properties ?? {};
  const found: Misfit[] = [];
  for (const name of to.required ?? []) {
    if (from.required?.includes(name)) continue;
    const what = isInput ? "is now required" : name in given ? "may now be left out" : "is gone";
    found.push({ at: below(name), what });
  }
  for (const [name, property] of Object.entries(given)) {
    const other = taken[name] ?? to.additionalProperties;
    if (typeof other === "object") found.push(...misfits(property, other, sides, below(name), depth + 1));
    else if (other === false && isInput) found.push({ at: below(name), what: "is no longer taken" });
  }
  if (!isInput)
    for (const name of Object.keys(taken))
      if (!(name in given) && !to.required?.includes(name)) found.push({ at: below(name), what: "is gone" });
  const [each, other] = [from.additionalProperties, to.additionalProperties];
  if (typeof each === "object" && typeof other === "object")
    found.push(...misfits(each, other, sides, below("*"), depth + 1));
  else if (typeof each === "object" && other === false)
    found.push({ at: below("*"), what: isInput ? "is no longer taken" : "is new" });
  return found;
}

function arrays(from: Schema, to: Schema, sides: Sides, at: string, depth: number): Misfit[] {
  const item = (schema: Schema, index: number): Schema =>
    schema.prefixItems?.[index] ?? (typeof schema.items === "object" ? schema.items : {});
  const length = Math.max(from.prefixItems?.length ?? 0, to.prefixItems?.length ?? 0);
  if (length === 0) return misfits(item(from, 0), item(to, 0), sides, `${at}[]`, depth + 1);
  return Array.from({ length }, (_, index) => index).flatMap((index) =>
    misfits(item(from, index), item(to, index), sides, `${at}[${index}]`, depth + 1),
  );
}

const lower = ["minLength", "minimum", "exclusiveMinimum", "minItems"] as const;
const upper = ["maxLength", "maximum", "exclusiveMaximum", "maxItems"] as const;

function limits(from: Schema, to: Schema, at: string): Misfit[] {
  const found: Misfit[] = [];
  for (const name of lower)
    if ((to[name] ?? -Infinity) > (from[name] ?? -Infinity) && !isTrivial(name, to[name]))
      found.push({ at, what: `has the ${name} ${to[name]} now` });
  for (const name of upper)
    if ((to[name] ?? Infinity) < (from[name] ?? Infinity))
      found.push({ at, what: `has the ${name} ${to[name]} now` });
  if (to.pattern !== undefined && to.pattern !== from.pattern)
    found.push({ at, what: "has another pattern now" });
  return found;
}

/** No text or list is shorter than nothing. */
const isTrivial = (name: string, value: number | undefined): boolean =>
  value === 0 && (name === "minLength" || name === "minItems");
