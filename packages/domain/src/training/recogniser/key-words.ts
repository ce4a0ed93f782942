import { wordsOf } from "./features.ts";

/** What holds a sentence together, and what nobody leaves out who writes one. */
const GLUE = new Set(
  `a an the this that these those it its your my our their his her i you we they he she me us them who what when where
  which how why is are am was were be been do does did have has had can could may might will would shall should must
  let let's i'm i'll i've you're you've we're we'll it's that's what's don't can't won't isn't to of in on at for from
  with by about as into over under if so and or but not no yes please else there here just any some all now then
  anything something nothing everything anyone anybody someone somebody everyone everybody nobody since until till before
  after ago up out off back down away again ever yet already still only also too very more much many both other others
  another each every than because while through without whose whom he's she's there's who's where's i'd you'd we'd isn't
  aren't wasn't doesn't didn't haven't hasn't couldn't won't wouldn't one two whats im ill ive dont cant wont u ur yours`
    .split(/\s+/u)
    .filter((word) => word !== ""),
);

/** More bare words than this in a row are no sentence. */
const LONGEST_BARE = 4;

/** The words of a clause that say what it is about. */
export const subjectsOf = (clause: string): string[] => wordsOf(clause).filter((word) => !GLUE.has(word));

/** Whether a clause is key words and nothing that holds them together. */
export function isBare(clause: string): boolean {
  const words = wordsOf(clause);
  return (words.length - subjectsOf(clause).length) * 5 < words.length;
}

/** Whether a bare clause is too long to be anything but a list of key words. */
export const isList = (clause: string): boolean => isBare(clause) && wordsOf(clause).length > LONGEST_BARE;

/** Every way to cut a clause in two. */
export function halvesOf(clause: string): [string, string][] {
  const words = wordsOf(clause);
  return words
    .slice(1)
    .map((_, index) => [words.slice(0, index + 1).join(" "), words.slice(index + 1).join(" ")]);
}
