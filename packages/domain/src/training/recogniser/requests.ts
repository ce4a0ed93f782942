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
/** A question about what happens around a secret, or for word that something is done. */
const ASKS_BACK = holding(
  "what happens|what happened|what if|what to do|what (?:is|makes|are) an?",
  "what (?:do|does|did|can|will|would) (?:\\w+ ){1,3}(?:when|after|once|if|while|before|as soon as) (?:you|i|we|it)",
  "(?:tell|let|show) (?:me|us) (?:know )?(?:when|once|whether|if|as soon as|how|why|where)",
  "(?:problem|trouble|matter|issue|wrong) with",
  "which (?:app|device|phone|page|screen|site|program)",
);
/** Things that have a secret in their name. */
const NAMED_AFTER =
  /(?<!\w)(?:passwords?|passcodes?|pin|codes?) (?:managers?|fields?|box|page|policy|rules?|generator|app|window|prompt|reset|length|vault|safe|reader)(?!\w)/gu;
const BARE_LIMIT = 5;
const VERB = holding(
  "will|is|are|was|were|has|have|had|be|been|expires?|expired|works?|changed?|reset|sent|use|used|choose|pick|set|sign|log|keep|make|get|got|gets|never|did|does|do|can|arrived?|came|comes|print|lock|store|delete|revoke|destroy|scan|point|open|click|press|try|type|enter|write|save|copy|forget|ignore",
);

/** A remark: who did, does or will do what, without a word of asking. */
const REMARK = starting(
  "(?:i|we|they|he|she|it|this|that|there|nobody|somebody|someone|everybody)(?:'ve|'m|'ll|'s|'re|'d)?",
  "(?:your|the|his|her|our|my|a|an) (?:\\w+ ){1,3}(?:is|was|has|had|will|are|were|have|can|must|should|expires?|expired|works?|does|did|stays?|comes?|goes|needs?)",
  "(?:fixed|changed|corrected|updated|sent|reset|removed|added|found|done|checked|verified|moved|deleted|restored|unlocked)",
);
const ASKS = holding(
  "need|needs|want|require|ask|asking|may i|tell|give|know|missing|like to|would like|confirm|confirmed|wonder|wondering|please|pls|without|let me|looking for|what|which|who|whom|whose|when|where|why|how|whether|if",
);

const plain = (clause: string): string => wordsOf(clause).join(" ");

/** Whether a clause asks for something to be handed over now, and does not only speak of it. */
export function isRequest(clause: string): boolean {
  const text = plain(clause);
  if (ASKS_BACK.test(text) || isAboutNamesake(text)) return false;
  return (
    WANTED.test(text) || IMPERATIVE.test(text) || (text.split(" ").length <= BARE_LIMIT && !VERB.test(text))
  );
}

const isAboutNamesake = (text: string): boolean => {
  const rest = text.replaceAll(NAMED_AFTER, "");
  return rest !== text && !/(?<!\w)(?:pass\w+|pin|codes?|login|key)(?!\w)/u.test(rest);
};

/** Whether a clause states something, and asks nothing with it. */
export const isRemark = (clause: string): boolean => {
  const text = plain(clause);
  return !clause.includes("?") && REMARK.test(text) && !ASKS.test(text);
};
