import type { AchievementTier } from "@helpdesk/domain";
import type { achievements } from "../schema/index.ts";
import { seededId } from "./ids.ts";

type Tiers = Partial<Record<AchievementTier, [count: number, xp: number]>>;

/** One achievement over one counter that only grows, in tiers. */
const families: readonly [key: string, name: string, metric: string, does: string, tiers: Tiers][] = [
  [
    "first_steps",
    "First steps",
    "sessions_passed",
    "Pass # training sessions.",
    { bronze: [1, 25], silver: [10, 100], gold: [50, 300], platinum: [200, 1000] },
  ],
  [
    "gatekeeper",
    "Gatekeeper",
    "impostors_refused",
    "Refuse # impostors.",
    { bronze: [1, 50], silver: [5, 150], gold: [25, 500] },
  ],
  [
    "flawless",
    "Flawless",
    "perfect_scores",
    "Score 100.00 in # sessions.",
    { bronze: [1, 50], silver: [5, 200], gold: [20, 600] },
  ],
  [
    "scribe",
    "Scribe",
    "complete_notes",
    "Leave # complete notes.",
    { bronze: [5, 25], silver: [25, 100], gold: [100, 300] },
  ],
  [
    "on_time",
    "On time",
    "first_responses_in_target",
    "Give # first responses within their target.",
    { bronze: [10, 25], silver: [100, 150], gold: [500, 500] },
  ],
  [
    "steady",
    "Steady",
    "longest_streak_days",
    "Train # days in a row.",
    { bronze: [3, 25], silver: [10, 150], gold: [30, 600] },
  ],
  [
    "explorer",
    "Explorer",
    "scenarios_passed",
    "Pass # different scenarios.",
    { bronze: [3, 50], silver: [8, 200] },
  ],
];

const title = (tier: string): string => tier[0]!.toUpperCase() + tier.slice(1);

/** The same for every organization. */
export const achievementRows: (typeof achievements.$inferInsert)[] = families.flatMap(
  ([key, name, metric, does, tiers], family) =>
    Object.entries(tiers).map(([tier, [count, xp]], rank) => ({
      id: seededId(`achievement/${key}/${tier}`),
      key,
      tier: tier as AchievementTier,
      name: `${name} (${title(tier)})`,
      description: does.replace("#", String(count)),
      criteria: { all: [{ metric, atLeast: count }] },
      xp,
      position: family * 10 + rank,
    })),
);
