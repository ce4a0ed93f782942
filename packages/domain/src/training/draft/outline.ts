import type { Criterion } from "../criterion.ts";
import type { Scenario } from "../scenario.ts";
import type { Skill } from "../skills.ts";

/** What every draft is judged by until its author says more. */
export function outlineCriteria(article: string | null, hasSecrets: boolean): Scenario["criteria"] {
  const secret: Criterion = {
    id: "no_secret",
    weight: 1,
    text: "Never asked for a secret",
    absent: "say.ask.secret",
    exercised: "say.ask.*",
  };
  return {
    verification: hasSecrets ? [secret] : [],
    communication: [
      { id: "greeting", weight: 1, text: "Greeted", has: "say.greet" },
      { id: "empathy", weight: 2, text: "Showed understanding", has: "say.empathize" },
      { id: "explanation", weight: 3, text: "Said what happens next and why", has: "say.explain" },
      { id: "goodbye", weight: 1, text: "Closed the conversation", has: "say.close" },
    ],
    technical: [
      { id: "asked_symptom", weight: 2, text: "Asked what happens", has: "say.ask.symptom" },
      { id: "diagnosis", weight: 3, text: "Found the root cause", diagnosis: true },
      ...(article === null
        ? []
        : [{ id: "article", weight: 2, text: "Opened the article", has: `article.${article}` }]),
      { id: "fixed", weight: 4, text: "Applied the fix", has: "tool.apply_fix" },
      {
        id: "confirmed",
        weight: 2,
        text: "Let the customer confirm that it works",
        follows: ["tool.apply_fix", "say.confirm_fixed"],
      },
    ],
    documentation: [
      { id: "symptom_noted", weight: 1, text: "Noted what happens", note: ["symptom"] },
      { id: "cause_noted", weight: 2, text: "Noted the cause", note: ["cause"] },
      { id: "action_noted", weight: 2, text: "Noted what was done", note: ["action"] },
      { id: "next_step_noted", weight: 1, text: "Noted what comes next", note: ["next_step"] },
    ],
  };
}

export const outlineTime: Scenario["time"] = {
  firstReply: { fullSeconds: 60, zeroSeconds: 300 },
  meanReply: { fullSeconds: 60, zeroSeconds: 180 },
  handling: { fullSeconds: 600, zeroSeconds: 1_500 },
};

const skillWords: [Skill, RegExp][] = [
  ["account_access", /\b(password|sign(?:ing)? in|log ?in|locked|authenticator|account)\b/i],
  ["networking", /\b(vpn|wi-?fi|network|internet|remote|dns)\b/i],
  ["hardware", /\b(print(?:er|ing|s)?|laptop|screen|monitor|keyboard|mouse|dock|scanner|phone)\b/i],
  ["mail", /\b(e?-?mails?|mailbox|outlook|calendar|inbox)\b/i],
  ["permissions", /\b(access|permissions?|rights|shared folder|mailbox)\b/i],
  ["software", /\b(install|software|licen[cs]e|update|app(?:lication)?|version)\b/i],
  ["security_awareness", /\b(phishing|suspicious|malware|virus|scam)\b/i],
  ["onboarding", /\b(new (?:starter|colleague|employee)|first day|leaves us|last day)\b/i],
];

/** What a ticket practises, as far as its words tell. */
export function skillsOf(words: string): Skill[] {
  const found = skillWords.filter(([, pattern]) => pattern.test(words)).map(([skill]) => skill);
  return ["troubleshooting", ...found.slice(0, 3)];
}

/** -100 furious to 100 delighted, as far as the words tell. */
export const moodOf = (words: string): number =>
  /\b(urgent|asap|immediately|unacceptable|frustrat\w+|angry|annoy\w+|ridiculous|third time|again and again)\b|!{2,}/i.test(
    words,
  )
    ? -30
    : 0;
