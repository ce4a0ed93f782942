import { wordsOf } from "./features.ts";

const POLITE =
  "(?:(?:hi|hello|hey|ok|okay|so|and|but|well|now|right|sure|thanks?|great|then|just|also|please|pls|plz|first|next|(?:can|could|will|would|can't|couldn't) (?:you|u)|kindly|not|quickly) )*";
const starting = (...parts: string[]): RegExp =>
  new RegExp(`^${POLITE}(?:${parts.join("|")})(?![\\w'])`, "u");
const holding = (...parts: string[]): RegExp => new RegExp(`(?<![\\w'])(?:${parts.join("|")})(?!\\w)`, "u");

const HAND_OVER =
  "give|tell|send|read|share|show|spell|say|forward|text|mail|email|message|provide|supply|confirm|repeat|dictate";
/** Something is to be handed over to the one who writes. */
const WANTED = holding(
  `(?:${HAND_OVER}) (?:\\w+ )?(?:me|us)`,
  `(?:${HAND_OVER})\\b.{0,40}\\b(?:to (?:me|us)|out loud)`,
  "(?:type|enter|put|write|fill|post|paste)\\b.{0,60}\\b(?:here|chat|for me|to me|so that i|so i|ticket)",
  "(?:can|could|may|might|let) (?:i|we|me) (?:\\w+ )?(?:have|get|take|know|see|ask)",
  "(?:i|we)(?:'ll|'d)? (?:\\w+ ){0,2}(?:need|want|require|must have|have to have|have to know|would like|like)",
  "(?:go on|continue|help you|proceed|do it|do that|go any further) without",
  "what(?:s|'s)",
  "what (?:is|was|are|were|did|do|does|would|the|your|ur|code|password|passphrase|pin|digits?|number|key)",
  "which (?:password|passphrase|pin|code|digits?|number|key|one)",
);
const IMPERATIVE = starting(HAND_OVER, "(?:put|type|write) (?:it|that|them) (?:in )?here");
const ASKS_BACK = holding("what happens", "what happened", "what if", "what to do");
const BARE_LIMIT = 5;
const VERB = holding(
  "will|is|are|was|were|has|have|had|be|been|expires?|expired|works?|changed?|reset|sent|use|used|choose|pick|set|sign|log|keep|make|get|got|gets|never|did|does|do|can|arrived?|came|comes",
);

/** A remark: who did, does or will do what, without a word of asking. */
const REMARK = starting(
  "(?:i|we|they|he|she|it|this|that|there|nobody|somebody|someone|everybody)(?:'ve|'m|'ll|'s|'re|'d)?",
  "(?:your|the|his|her|our|a|an) (?:\\w+ ){1,3}(?:is|was|has|had|will|are|were|have|can|must|should|expires?|expired|works?|does|did|stays?|comes?|goes|needs?)",
  "(?:fixed|changed|corrected|updated|sent|reset|removed|added|found|done|checked|verified|moved|deleted|restored|unlocked)",
);
const ASKS = holding(
  "need|needs|want|require|ask|asking|may i|tell|give|know|missing|like to|would like|confirm|confirmed|wonder|wondering|please|pls|without|let me|looking for|what|which|who|whom|whose|when|where|why|how|whether|if",
);

const plain = (clause: string): string => wordsOf(clause).join(" ");

/** Whether a clause asks for something to be handed over now, and does not only speak of it. */
export function isRequest(clause: string): boolean {
  const text = plain(clause);
  if (ASKS_BACK.test(text)) return false;
  return (
    WANTED.test(text) || IMPERATIVE.test(text) || (text.split(" ").length <= BARE_LIMIT && !VERB.test(text))
  );
}

/** Whether a clause states something, and asks nothing with it. */
export const isRemark = (clause: string): boolean => {
  const text = plain(clause);
  return !clause.includes("?") && REMARK.test(text) && !ASKS.test(text);
};

/** What nobody says at a desk who is not rude … */
const INSULT = holding(
  "idiots?|idiotic|morons?|fools?|stupid|dumb|daft|silly|ridiculous|pathetic|useless|hopeless|lazy|liar|lying|blind|deaf|clueless",
  "shut (?:up|it|your)|get lost|go away|go to hell|leave me alone|piss|damn|hell|bloody|crap|shit|fuck\\w*|wtf|heaven's sake|god's sake|gods sake|crying out loud",
  "whin(?:e|es|ing)|moan(?:s|ing)?|stop (?:complaining|crying|bothering)|bother(?:ing)? (?:me|somebody|someone)|calm down|use your brain|grow up|get a life|get over it|google it",
  "(?:wast(?:e|ing)) (?:of )?(?:my |your |our )?time|time for (?:this|your|such)|nonsense|better things|sick of|tired of",
  "read the manual|learn (?:to|how)|how hard can|even (?:a|my)|any child|a child|grandmother|everybody knows|serves you|deal with it|whatever|who cares|nobody cares|you people|people like you|rocket science|matter with you|wrong with you|what(?:'s| is) your problem",
  "own (?:stupid )?fault|your problem|annoying|pain in the|should have (?:thought|known)|ever listen|even listen\\w*|told you (?:already|before)|times do i",
);
/** … and with a "not". */
const NEGATED_INSULT = holding(
  "(?:not|n't|never|cannot|no)\\b.*\\b(?:care less|care|read|listen|know that|clue|idea|my (?:problem|fault|job)|time for|bother me|waste my|be (?:ridiculous|silly|stupid|daft)|rocket science|give a)",
  "care less|not my (?:problem|fault|job)",
);

/** Whether a clause has the words of an insult, `negated` or not. */
export const isInsult = (clause: string, negated: boolean): boolean => {
  const text = plain(clause).replaceAll("n't", " n't");
  return negated ? NEGATED_INSULT.test(text) : INSULT.test(text) || NEGATED_INSULT.test(text);
};
