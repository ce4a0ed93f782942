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

export type Policy = ReferenceRules["policies"][number];

export const isDone = (category: StatusCategory) => category === "resolved" || category === "closed";

/** Whether a clock stands in a category. */
export function stands(metric: SlaMetric, policy: Policy, category: StatusCategory): boolean {
  const pauses = metric === "resolution" ? policy.pausesResolution : policy.pausesFirstResponse;
  return category === "waiting" && pauses;
}

/** Whether a clock stood in what is past. The time a ticket was done is told by how it is reopened. */
export function stood(metric: SlaMetric, policy: Policy, category: StatusCategory): boolean {
  if (isDone(category)) return metric !== "first_response" && policy.reopenMode === "resume";
  return stands(metric, policy, category);
}
