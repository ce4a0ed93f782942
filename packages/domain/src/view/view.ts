import { type UserActor, demand, may } from "../identity/actor.ts";
import { refuse } from "../refusal.ts";
import type { Priority, Source, StatusCategory } from "../values.ts";

/** What a view asks of tickets: all of it. Within a list any is enough; `allTagIds` and `noTagIds` are what they say. */
export interface ViewConditions {
  isOpen?: boolean | undefined;
  /** Keys. */
  statuses?: string[] | undefined;
  categories?: StatusCategory[] | undefined;
  priorities?: Priority[] | undefined;
  sources?: Source[] | undefined;
  /** Ids, the reader's own, or none. */
  departments?: string[] | undefined;
  /** Ids, the reader, or nobody. */
  assignees?: string[] | undefined;
  customerId?: string | undefined;
  tagIds?: string[] | undefined;
  allTagIds?: string[] | undefined;
  noTagIds?: string[] | undefined;
}

export const ticketOrders = ["created_at", "updated_at", "resolution_due_at"] as const;
export type TicketOrder = (typeof ticketOrders)[number];

export interface ViewOrder {
  orderBy: TicketOrder;
  direction: "asc" | "desc";
}

/** Whose view it is: a person's own, a department's, or everybody's where both are null. */
export interface ViewReach {
  ownerId: string | null;
  departmentId: string | null;
}

export const viewKinds = ["built_in", "personal", "department", "organization"] as const;
export type ViewKind = (typeof viewKinds)[number];

export const viewKind = ({ ownerId, departmentId }: ViewReach): Exclude<ViewKind, "built_in"> =>
  ownerId !== null ? "personal" : departmentId !== null ? "department" : "organization";

/** A person's own view is for nobody else; a department's for those who belong to it, or see all tickets. */
export const canSeeView = (actor: UserActor, { ownerId, departmentId }: ViewReach): boolean =>
  ownerId !== null
    ? ownerId === actor.userId
    : departmentId === null ||
      actor.departmentIds.has(departmentId) ||
      may(actor, "ticket.read_organization");

export const canChangeView = (actor: UserActor, view: ViewReach): boolean =>
  canSeeView(actor, view) && (view.ownerId !== null || may(actor, "view.share"));

/** @throws RefusalError `view.not_found`, `permission.denied` for a shared view that the actor only sees. */
export function expectMayChangeView<T extends ViewReach>(actor: UserActor, view: T | undefined): T {
  if (!view || !canSeeView(actor, view)) return refuse({ code: "view.not_found" });
  if (view.ownerId === null) demand(actor, "view.share");
  return view;
}

/** Most views that one person has of their own, and that are shared in an organization. */
export const viewLimits = { personal: 50, shared: 100 } as const;
