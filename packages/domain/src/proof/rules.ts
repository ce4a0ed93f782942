import type { Priority, ReopenMode, SlaMetric, StatusCategory } from "../values.ts";

/** Rules as the reference reads them: everything in seconds, policies in the order in which they are tried. */
export interface ReferenceRules {
  policies: readonly {
    id: string;
    isActive: boolean;
    priorities: readonly Priority[];
    calendarId: string;
    targets: Readonly<Record<SlaMetric, number | null>>;
    pausesFirstResponse: boolean;
    pausesResolution: boolean;
    reopenMode: ReopenMode;
  }[];
  departmentCalendars: Readonly<Record<string, string | null>>;
  /** Which minutes are business time, by calendar. */
  open: Readonly<Record<string, Uint8Array>>;
}

type Policy = ReferenceRules["policies"][number];

export const isDone = (category: StatusCategory) => category === "resolved" || category === "closed";

/** When a clock stands: while its ticket waits and, looking back, while it was done. */
export interface Standing {
  waiting: boolean;
  done: boolean;
}

export const standingOf = (policy: Policy, metric: SlaMetric): Standing => ({
  waiting: metric === "resolution" ? policy.pausesResolution : policy.pausesFirstResponse,
  done: metric !== "first_response" && policy.reopenMode === "resume",
});

/** Whether a clock stands in a category. */
export const stands = ({ waiting }: Standing, category: StatusCategory): boolean =>
  category === "waiting" && waiting;

/** Whether a clock stood in what is past. The time a ticket was done is told by how it is reopened. */
export const stood = (standing: Standing, category: StatusCategory): boolean =>
  isDone(category) ? standing.done : stands(standing, category);
