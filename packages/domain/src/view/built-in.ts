import type { ViewConditions, ViewOrder } from "./view.ts";

export interface BuiltInView extends ViewOrder {
  name: string;
  conditions: ViewConditions;
}

/** The views that everybody has. Unrouted tickets wait in everybody's queue. */
export const builtInViews = {
  my_open: {
    name: "My open tickets",
    conditions: { isOpen: true, assignees: ["me"] },
    orderBy: "updated_at",
    direction: "desc",
  },
  unassigned: {
    name: "Unassigned in my departments",
    conditions: { isOpen: true, assignees: ["none"], departments: ["mine", "none"] },
    orderBy: "created_at",
    direction: "asc",
  },
  all_open: {
    name: "All open tickets",
    conditions: { isOpen: true },
    orderBy: "created_at",
    direction: "desc",
  },
  due_next: {
    name: "Due next",
    conditions: { isOpen: true },
    orderBy: "resolution_due_at",
    direction: "asc",
  },
  recently_resolved: {
    name: "Recently resolved",
    conditions: { categories: ["resolved"] },
    orderBy: "updated_at",
    direction: "desc",
  },
} as const satisfies Record<string, BuiltInView>;

export type BuiltInViewKey = keyof typeof builtInViews;

export const builtInViewKeys = Object.keys(builtInViews) as [BuiltInViewKey, ...BuiltInViewKey[]];
