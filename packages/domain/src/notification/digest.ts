import { type Instant, toEpochMs, toInstant } from "../instant.ts";
import type { DigestRhythm } from "../values.ts";

const HOUR_MS = 3_600_000;

export interface DigestSettings {
  digest: DigestRhythm;
  /** 0 to 23, of the day where the person is. */
  digestHour: number;
  /** An IANA name. */
  timeZone: string;
}

/**
 * When what happens at an instant is told by a digest: at the next full hour, or at the next time that it is the hour
 * where the person is; where a clock leaps over it, as soon as it has leapt. Null without a digest.
 */
export function nextDigestAt({ digest, digestHour, timeZone }: DigestSettings, at: Instant): Instant | null {
  if (digest === "off") return null;
  const epochMs = toEpochMs(at);
  const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone);
  if (digest === "hourly") {
    const pastMs = (local.minute * 60 + local.second) * 1_000 + local.millisecond;
    return toInstant(epochMs + HOUR_MS - pastMs);
  }
  const onDay = (days: number) =>
    local
      .toPlainDate()
      .add({ days })
      .toZonedDateTime({ timeZone, plainTime: { hour: digestHour } }).epochMilliseconds;
  const today = onDay(0);
  return toInstant(today > epochMs ? today : onDay(1));
}
