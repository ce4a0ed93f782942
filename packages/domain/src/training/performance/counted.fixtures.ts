import type { CountedSession } from "./counted.ts";

/** A passed session with an owner, but for what is said. */
export const counted = (changed: Partial<CountedSession>): CountedSession => ({
  sessionId: "s",
  scenarioKey: "lost-authenticator",
  title: "The authenticator is gone",
  difficulty: "intermediate",
  skills: ["identity_check"],
  castRole: "owner",
  ending: "resolved",
  attempt: 1,
  endedAt: "2026-01-12T09:00:00.000Z",
  localDate: "2026-01-12",
  sections: {
    verification: 10_000,
    communication: 10_000,
    technical: 10_000,
    documentation: null,
    responseTime: 10_000,
  },
  overall: 10_000,
  isPassed: true,
  xp: 125,
  traits: {
    hints: { nudge: 0, guided: 0, strong: 0 },
    pressures: ["none"],
    acceptedUnder: null,
    rejectedUnder: null,
    isImpostorRefused: false,
    hasCompleteNote: false,
    isFirstReplyInTime: false,
  },
  ...changed,
});
