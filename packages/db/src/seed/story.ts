import type { Instant, Priority, Source } from "@helpdesk/domain";

/** One thing somebody does to a ticket. `by` is the name before the @ of their address. */
export type Act = { at: Instant; by: string } & (
  | { reply: string }
  | { note: string }
  | { take: true }
  | { assign: string }
  | { status: string }
  | { priority: Priority }
  | { route: string }
);

/** A ticket from its opening on. `by` opens it, for `customer` where that is somebody else. */
export interface Story {
  at: Instant;
  by: string;
  customer?: string;
  title: string;
  description: string;
  priority: Priority;
  source: Source;
  department?: string;
  tags?: readonly string[];
  followers?: readonly string[];
  acts: readonly Act[];
}

/** `"06 09:15"` is the sixth of January 2026, in UTC. All stories end before the sixteenth, 16:00. */
export const january = (dayAndTime: string): Instant => `2026-01-${dayAndTime.replace(" ", "T")}:00.000Z`;
