import type { CountedSession } from "@helpdesk/domain";
import { type Card, type Grade, Rating, createEmptyCard, fsrs } from "ts-fsrs";

/** How well a skill is held. Days are those of where the person is. */
export interface Held {
  sessions: number;
  lastOn: string;
  /** When it should be practised again: `2026-01-12`. */
  dueOn: string;
  /** How probable it is that they still can, today. */
  retrievabilityMillionths: number;
}

/** Nothing is drawn by lot, and a day is the shortest step: the same sessions make the same days. */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });

/** FSRS counts days between instants; a day is its noon in UTC, whatever the time zone. */
const noonOf = (day: string): Date => new Date(`${day}T12:00:00.000Z`);
const dayOf = (noon: Date): string => noon.toISOString().slice(0, 10);

/** What an overall score says about how hard it was, in hundredths of a point. */
function ratingOf({ overall, isPassed }: Pick<CountedSession, "overall" | "isPassed">): Grade {
  if (!isPassed) return Rating.Again;
  if (overall < 8_000) return Rating.Hard;
  return overall < 9_500 ? Rating.Good : Rating.Easy;
}

/** By skill, a card for repetition in intervals: a fold of the sessions in the order they ended. */
export function heldSkills(
  sessions: readonly Pick<CountedSession, "skills" | "localDate" | "overall" | "isPassed">[],
  today: string,
): Map<string, Held> {
  const cards = new Map<string, { card: Card; sessions: number; lastOn: string }>();
  for (const session of sessions)
    for (const skill of session.skills) {
      const at = noonOf(session.localDate);
      const known = cards.get(skill);
      const { card } = scheduler.next(known?.card ?? createEmptyCard(at), at, ratingOf(session));
      cards.set(skill, { card, sessions: (known?.sessions ?? 0) + 1, lastOn: session.localDate });
    }
  return new Map(
    [...cards].map(([skill, { card, ...rest }]) => [
      skill,
      {
        ...rest,
        dueOn: dayOf(card.due),
        retrievabilityMillionths: Math.round(
          scheduler.get_retrievability(card, noonOf(today), false) * 1_000_000,
        ),
      },
    ]),
  );
}
