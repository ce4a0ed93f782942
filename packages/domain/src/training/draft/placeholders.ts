import { wordsOf } from "../../search/words.ts";

/** Names that stand in for people: of no one gender and easy to tell apart. */
const firsts =
  "Alex Robin Sam Kim Noor Jules Casey Toni Remy Charlie Eden Jamie Morgan Avery Riley Quinn Sasha Rowan Taylor Lou".split(
    " ",
  );
const lasts =
  "Marlow Hale Carter Doyle Rahimi Perrin Novak Lind Okafor Weber Castell Brandt Ellery Fontaine Ivers Jansen Kowal Larkin Moreau Nyberg".split(
    " ",
  );

export interface PlaceholderName {
  first: string;
  last: string;
}

/** A name for everybody in turn, the same on every run; no word of it is in a name of those it stands in for. */
export function* placeholderNames(taken: Iterable<string>): Generator<PlaceholderName, never> {
  const words = new Set([...taken].flatMap((name) => wordsOf(name).map(({ folded }) => folded)));
  const free = (names: readonly string[]) => names.filter((name) => !words.has(name.toLowerCase()));
  const [some, others] = [free(firsts), free(lasts)];
  for (let turn = 0; ; turn += 1) {
    const first = some[turn % some.length];
    const last = others[(turn + Math.floor(turn / others.length)) % others.length];
    const isNew = turn < some.length * others.length;
    yield first && last && isNew ? { first, last } : { first: "Person", last: `${turn + 1}` };
  }
}
