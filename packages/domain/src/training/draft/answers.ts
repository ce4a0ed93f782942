import { ORDINARY } from "./passwords.ts";
import type { Finding } from "./removal.ts";

/** What people are asked for when they have forgotten a password. */
const QUESTION = String.raw`(?:maiden name|(?:first|childhood|favou?rite) (?:pet|dog|cat|car|school|teacher|friend|colou?r|food|film|movie|book|band|team)(?:'s name)?|(?:pet|dog|cat)'s name|name of my (?:first )?(?:pet|dog|cat|school)|(?:city|town|place) of birth|birth ?place|security answer|(?:secret|security) question)`;
const WORDS = String.raw`[\p{L}\d][\p{L}\d'-]*`;
const CLOSED = String.raw`(?=\s*(?:[.,;!?\n")]|$|and\b|but\b))`;
const SAID = [
  // A name with a capital, or what ends the clause.
  String.raw`\b(?<topic>${QUESTION})\b(?<is>\s*[:=,]|\s+-|\s+(?:is|was|were|has been))\s*(?:called\s+|named\s+)?["']?(?<value>\p{Lu}[\p{L}'-]+(?:\s\p{Lu}[\p{L}'-]+){0,2}|${WORDS}(?:\s${WORDS})?${CLOSED})`,
  String.raw`\b${QUESTION}\s+(?:called\s+|named\s+)?["']?(?<value>\p{Lu}[\p{L}'-]+)`,
  String.raw`\b[Mm]other'?s\s+maiden\s+name\s+(?<value>${WORDS})${CLOSED}`,
  String.raw`(?<!\p{L})(?<value>\p{Lu}[\p{L}'-]+)\s+(?:is|was)\s+(?:the name of )?my\s+(?:mother's\s+)?${QUESTION}\b`,
  String.raw`\banswers?\s+(?:is|was|:)\s*:?\s*(?<quote>["'])(?<value>[^"'\n]{2,60})\k<quote>`,
].map((pattern) => new RegExp(pattern.replaceAll(QUESTION, insensitive(QUESTION)), "dgu"));

/** What else is asked like this fares well or badly too: "my first school was closed". */
const NAMES_ONLY = /maiden|pet|dog|cat\b|secur|secret|birth/i;

/** Answers to security questions: the maiden name, the first pet. */
export const securityAnswers = (text: string): Finding[] =>
  SAID.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ groups, indices }): Finding[] => {
      const { value, topic, is } = groups as { value: string; topic?: string; is?: string };
      const [start, end] = indices!.groups!["value"]!;
      const identity = value.toLowerCase();
      const isDoubtful =
        topic !== undefined && !/[:=]/.test(is!) && !NAMES_ONLY.test(topic) && value === identity;
      return isDoubtful || ORDINARY.has(identity.split(/\s/)[0]!)
        ? []
        : [{ kind: "security_answer", start, end, identity }];
    }),
  );

/** The same with a capital at the beginning of a word, where capitals mean something beside it. */
function insensitive(pattern: string): string {
  return pattern.replaceAll(
    /(?<![\\\p{L}[])[a-z](?=[a-z])/gu,
    (letter) => `[${letter}${letter.toUpperCase()}]`,
  );
}
