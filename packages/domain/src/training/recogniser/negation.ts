import { wordsOf } from "./features.ts";

/** A pattern of any of these, each as whole words. */
const anyOf = (...parts: string[]): RegExp => new RegExp(`\\b(?:${parts.join("|")})\\b`, "gu");

/** Said with a "not" that means nothing of the kind. */
const IDIOMS = anyOf(
  "(?:do|does|would|did)(?:n't| not) (?:mind|worry)",
  "if (?:you )?not",
  "why not",
  "not (?:a )?(?:problem|yet)",
  "no (?:problem|worries|rush)",
  "not only",
  "you (?:do not|don't|have never|haven't|never) use[d]?",
);
/** Politely turned: "could you not tell me", "can't you". */
const TURNED = anyOf(
  "(?:ca|could|would|wo|do|did|have|are|is)n't (?:you|it|that)",
  "(?:can|could|would|will) you not",
);
const NEGATION = anyOf(
  "not|never|no|nobody|none|neither|nor|cannot|dont|wont|cant|rather than|instead of|refrain|avoid",
  "\\w+n't",
);
/** What makes a request of a "not" after all: "I cannot go on without your name" … */
const CONDITION = anyOf("without|until|till|unless|before|except");
/** … and what does not. */
const UNASKED = anyOf("without (?:asking|needing|wanting|requiring|knowing)");

const SOMEBODY =
  "they|he|she|someone|somebody|anyone|anybody|callers?|attackers?|scammers?|mail|message|site|page|people|colleagues?";
const GIVE =
  "give|given|gave|tell|told|enter|entered|type|typed|share|shared|send|sent|disclose|disclosed|reveal|revealed|reply|replied|use|used";
/** Who asks here is not the one who writes, or what is asked about was done before. */
const REPORTED = anyOf(
  `(?:${SOMEBODY}|we (?:will |would )?never)\\b.{0,24}\\b(?:ask|want|request|demand)(?:s|ed|ing)?`,
  `(?:did|have|had|has) (?:you|anyone|anybody|someone|somebody)\\b.{0,24}\\b(?:${GIVE})`,
  "you (?:gave|told|entered|typed|shared|sent|were asked|have (?:given|told|entered|typed|shared|sent))",
  "(?:whoever|who|if they) (?:ask|want)s?",
);
const STARTS_ANEW = anyOf(
  "what|which|who|when|where|how|can|could|may|would|will|please|need|tell|give|is|are|do|does|i|you|we|let",
);

const plain = (clause: string): string => wordsOf(clause).join(" ");
const has = (text: string, pattern: RegExp): boolean => text.search(pattern) >= 0;

/** Whether a clause says that something is not so, will not be done, or must not be. */
export function isNegated(clause: string): boolean {
  const text = plain(clause).replaceAll(IDIOMS, " ").replaceAll(TURNED, " ");
  return has(text, UNASKED) || (has(text, NEGATION) && !has(text, CONDITION));
}

/** Whether a clause speaks about somebody else's request, or about one of the past, and is none itself. */
export const isReported = (clause: string): boolean => has(plain(clause), REPORTED);

/** Whether a clause only goes on with a list: "your PIN" in "never tell anybody your password, your PIN". */
export const goesOn = (clause: string): boolean => !clause.includes("?") && !has(plain(clause), STARTS_ANEW);
