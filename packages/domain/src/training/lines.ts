import type { Cast } from "./scenario.ts";

/** What anybody says where the author of a scenario wrote nothing, by act or occasion. */
const usual: Readonly<Record<string, readonly string[]>> = {
  greet: ["Hello.", "Hi."],
  thank: ["You are welcome.", "Sure."],
  hold: ["Okay, I will wait.", "All right, take a look."],
  check_understanding: ["Yes, that is what I mean.", "Yes, exactly."],
  offer_more_help: ["No, that is all.", "Nothing else, thanks."],
  escalate: ["All right. When will I hear from them?", "Okay, and who will that be?"],
  close: ["Good-bye.", "Bye."],
  rude: ["There is no need to talk to me like that.", "That was uncalled for."],
  confirm_fixed: ["Yes, it works now.", "Yes, that did it."],
  evade: ["I cannot say.", "I do not know that."],
  again: ["As I said:", "Once more:", "I told you already:"],
  upset: ["This is really wearing me out.", "I am getting tired of this."],
  gives_up: ["Forget it. I will find another way."],
  leaves: ["This takes too long. I will call somebody else."],
  not_fixed: ["No, it is still the same.", "Not yet, nothing has changed."],
  not_understood: ["Sorry, what do you mean?", "I do not follow. Can you say that differently?"],
  missed: [
    "And the other thing you asked, I did not follow.",
    "There was something else in it that I did not get. Ask me again, please.",
  ],
  else: ["All right.", "Okay.", "I see."],
};

const refused = ["And how do I get this done then?", "What do you need from me so that it can be done?"];
const instructed: Record<Cast["techLevel"], readonly string[]> = {
  novice: ["Wait, not so fast … all right, I think I have done it.", "I hope that was the right one. Done."],
  everyday: ["One moment … done.", "Okay, I have done that."],
  expert: ["Done.", "Did that."],
};
/** An impostor agrees to whatever is read out to them. */
const agrees = ["Yes, exactly.", "Yes, that is right."];
const wonders = ["If you say so.", "I could not tell you."];

/**
 * What one of the cast may say to an act or on an occasion; null where there is nothing of its own to say to it. An
 * author's `else` stands in for what would only be polite.
 */
export function linesFor(cast: Cast, key: string): readonly string[] | null {
  const own = Object.hasOwn(cast.answers, key) ? cast.answers[key] : undefined;
  if (own) return own;
  const [family, of] = key.split(".") as [string, string?];
  if (family === "instruct") return instructed[cast.techLevel];
  if (family === "tell" && of) return cast.role === "impostor" || cast.knows.includes(of) ? agrees : wonders;
  if (key === "refuse") return refused;
  return Object.hasOwn(usual, key) ? usual[key]! : null;
}
