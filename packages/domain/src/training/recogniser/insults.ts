import { wordsOf } from "./features.ts";

const holding = (...parts: string[]): RegExp => new RegExp(`(?<![\\w'])(?:${parts.join("|")})(?!\\w)`, "u");

const FAULTY =
  "stupid|dumb|daft|silly|ridiculous|pathetic|useless|hopeless|lazy|blind|deaf|clueless|annoying|thick|incompetent";

/** What nobody says at a desk who is not rude, whoever it is about. */
const STRONG = holding(
  "idiots?|idiotic|morons?|you fool|a fool|liar|lying",
  "shut (?:up|it|your)|get lost|go away|go to hell|leave me alone|piss off|damn|the hell|bloody|crap|shit|fuck\\w*|wtf",
  "for (?:heaven|god|goodness|christ)(?:'s|s)? sake|for crying out loud|sick of|tired of (?:you|people|this)|who cares|nobody cares",
  "(?:time for|such) (?:this |your |that )?nonsense|better things to do|care less|give a damn|people like you",
);
/** What is rude towards the one who reads it, and not said of oneself or of a thing. */
const ADDRESSED = holding(
  `(?:you|you're|youre|your|ur|are|how|so|this|that|that's|what a|such a|be|being|just) (?:\\w+ ){0,3}(?:${FAULTY})`,
  `^(?:${FAULTY})`,
  "stop (?:\\w+ )?(?:whining|moaning|complaining|crying|bothering|wasting)|whining|bother(?:ing)? me|calm down|use your brain|grow up|get a life|get over it|google it",
  "wast(?:e|ing) (?:of )?(?:my |your |our |everybody's )?time|nonsense|read the manual|^whatever|deal with it|serves you|how hard can",
  "learn (?:to|how to) (?:read|use|listen|type|write)|(?:even|any|a) (?:a |my )?(?:child|kid|baby|gran|grandmother)|everybody knows|rocket science",
  "(?:matter|wrong) with you|what(?:'s| is|s) your (?:\\w+ )?problem|your (?:own )?(?:\\w+ )?(?:fault|problem)|pain in the|should have (?:thought|known)",
  "you people never|ever listen|even listen\\w*|told you (?:already|before)|times do i|know nothing|no idea|(?:can't|cannot|can not) you read|how can (?:anybody|you) not",
);
/** The same with a "not" in it. */
const NEGATED = holding(
  "(?:don't|do not|dont|didn't|does not|doesn't|never|nobody|couldn't|could not|can't|cannot|not|haven't|no) (?:\\w+ ){0,2}(?:care|care less|listen|my (?:problem|fault|job)|rocket science|give a damn|time for (?:this|your)|have a clue|a clue|clue)",
  "(?:don't|do not|dont|stop) (?:be|being|waste|wasting|bother) (?:so )?(?:ridiculous|silly|stupid|daft|my time|me|our time)",
  "(?:can't|cannot|can not|can) you (?:not )?read|not know that",
);
const OF_ONESELF =
  /^(?:\w+ )?(?:i|i'm|i've|i'll|i'd|we|we're|we've|we'll|it|it's|its|he|she|they|the|there|is|was|my)(?![\w'])/u;

/** Whether a clause has the words of an insult, `negated` or not: what is not stupid is none. */
export function isInsult(clause: string, negated: boolean): boolean {
  const text = wordsOf(clause).join(" ");
  if (NEGATED.test(text)) return true;
  if (negated) return false;
  return STRONG.test(text) || (ADDRESSED.test(text) && !OF_ONESELF.test(text));
}
