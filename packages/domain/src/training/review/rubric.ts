import type { AutoFailKind } from "../scenario.ts";
import type { Section } from "../score.ts";

/** What a reviewer says of one criterion; `not_applicable` leaves the section as if it were not there. */
export const reviewCredits = ["none", "partial", "full", "not_applicable"] as const;
export type ReviewCredit = (typeof reviewCredits)[number];

export interface ReviewCriterion {
  section: Exclude<Section, "responseTime">;
  id: string;
  weight: number;
  text: string;
}

/** What work on real tickets is judged by: the sections, weights and caps of training. Response time is measured, not judged. */
export const reviewRubric = {
  key: "helpdesk.review/1",
  weights: { verification: 30, communication: 20, technical: 25, documentation: 15, responseTime: 10 },
  /** Points of 100. */
  passMark: 70,
  /** What caps the overall, in points of 100. */
  autoFail: { unverified_action: 0, asked_secret: 40, leaked_personal_data: 69, unsolved: 69 },
  criteria: [
    {
      section: "verification",
      id: "identified",
      weight: 4,
      text: "Made sure who it was before touching anything of theirs",
    },
    {
      section: "verification",
      id: "enough_proof",
      weight: 3,
      text: "Took as much proof as the request needed, and no more",
    },
    { section: "verification", id: "own_data", weight: 2, text: "Told people only what is theirs" },
    { section: "communication", id: "greeting", weight: 1, text: "Greeted, and used the customer's name" },
    {
      section: "communication",
      id: "empathy",
      weight: 3,
      text: "Showed that the matter and its urgency were understood",
    },
    {
      section: "communication",
      id: "clarity",
      weight: 3,
      text: "Wrote clearly, in words that this customer knows",
    },
    {
      section: "communication",
      id: "expectations",
      weight: 2,
      text: "Said what happens next, and when, and kept to it",
    },
    {
      section: "communication",
      id: "closing",
      weight: 1,
      text: "Closed the conversation, and offered more help",
    },
    { section: "technical", id: "questions", weight: 2, text: "Asked for what was needed, once" },
    { section: "technical", id: "diagnosis", weight: 3, text: "Found the cause rather than the symptom" },
    { section: "technical", id: "solution", weight: 5, text: "Solved it rightly and for good" },
    { section: "technical", id: "confirmed", weight: 2, text: "Let the customer confirm that it works" },
    {
      section: "documentation",
      id: "classified",
      weight: 1,
      text: "Set priority, department and tags that fit",
    },
    {
      section: "documentation",
      id: "steps_noted",
      weight: 3,
      text: "Noted what was found and done, for the next one to follow",
    },
    { section: "documentation", id: "cause_noted", weight: 2, text: "Noted the cause" },
  ],
} as const satisfies {
  key: string;
  weights: Record<Section, number>;
  passMark: number;
  autoFail: Record<AutoFailKind, number>;
  criteria: readonly ReviewCriterion[];
};

/** What is measured by the clocks of the ticket, with their weights. */
export const measuredCriteria = [
  { id: "first_response", weight: 4, text: "First response within its target" },
  { id: "next_response", weight: 3, text: "Next responses within their target" },
  { id: "resolution", weight: 3, text: "Resolution within its target" },
] as const;
