import { pressureTactics } from "../scenario.ts";
import type { Pressure } from "../traits.ts";
import type { CountedSession } from "./counted.ts";

/** How often of how many times, and the rate in millionths; null where there was no occasion. */
export interface Rate {
  count: number;
  of: number;
  millionths: number | null;
}

export interface PressureRates {
  pressure: Pressure;
  /** Impostors who pressed so, and got what they wanted under it. */
  falseAccepts: Rate;
  /** Owners who pressed so, and were sent away under it. */
  falseRejects: Rate;
}

const rate = (count: number, of: number): Rate => ({
  count,
  of,
  millionths: of === 0 ? null : Math.round((count * 1_000_000) / of),
});

/** How well somebody tells owners from impostors. */
export function acceptanceOf(sessions: readonly CountedSession[]): {
  falseAccepts: Rate;
  falseRejects: Rate;
  byPressure: PressureRates[];
} {
  const rates = (some: readonly CountedSession[], pressure: Pressure | null) => {
    const of = (role: CountedSession["castRole"]) => some.filter(({ castRole }) => castRole === role);
    const under = (at: Pressure | null) => at !== null && (pressure === null || at === pressure);
    const impostors = of("impostor");
    const owners = of("owner");
    return {
      falseAccepts: rate(
        impostors.filter(({ traits }) => under(traits.acceptedUnder)).length,
        impostors.length,
      ),
      falseRejects: rate(owners.filter(({ traits }) => under(traits.rejectedUnder)).length, owners.length),
    };
  };
  return {
    ...rates(sessions, null),
    byPressure: [...pressureTactics, "none" as const].map((pressure) => ({
      pressure,
      // Before the first pressure there is none, in every session.
      ...rates(
        sessions.filter(({ traits }) => pressure === "none" || traits.pressures.includes(pressure)),
        pressure,
      ),
    })),
  };
}
