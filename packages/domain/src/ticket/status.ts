import { refuse } from "../refusal.ts";
import type { StatusCategory } from "../values.ts";
import { UnknownRuleError } from "./unknown-rule.ts";

/** A status of one organization, with the statuses that may follow it, by id. */
export interface Status {
  id: string;
  key: string;
  name: string;
  category: StatusCategory;
  color: string;
  position: number;
  isDefault: boolean;
  isResolved: boolean;
  nextIds: readonly string[];
}

export interface DefaultStatus extends Omit<Status, "id" | "nextIds" | "position"> {
  next: readonly string[];
}

/** The transition graph of a new organization. Closed is final. */
export const defaultStatuses: readonly DefaultStatus[] = [
  {
    key: "open",
    name: "Open",
    category: "open",
    color: "#2563eb",
    isDefault: true,
    isResolved: false,
    next: ["in_progress", "waiting", "resolved", "closed"],
  },
  {
    key: "in_progress",
    name: "In progress",
    category: "in_progress",
    color: "#7c3aed",
    isDefault: false,
    isResolved: false,
    next: ["open", "waiting", "resolved", "closed"],
  },
  {
    key: "waiting",
    name: "Waiting for customer",
    category: "waiting",
    color: "#d97706",
    isDefault: false,
    isResolved: false,
    next: ["open", "in_progress", "resolved", "closed"],
  },
  {
    key: "resolved",
    name: "Resolved",
    category: "resolved",
    color: "#16a34a",
    isDefault: false,
    isResolved: true,
    next: ["open", "in_progress", "closed"],
  },
  {
    key: "closed",
    name: "Closed",
    category: "closed",
    color: "#6b7280",
    isDefault: false,
    isResolved: true,
    next: [],
  },
];

/** All statuses of one organization, by id and by key. Archived ones are known, but nothing moves to them. */
export class StatusGraph {
  readonly statuses: readonly Status[];
  /** The archived ones as well. */
  readonly known: readonly Status[];
  readonly initial: Status;
  readonly #byId: ReadonlyMap<string, Status>;
  readonly #byKey: ReadonlyMap<string, Status>;
  readonly #categories: ReadonlyMap<string, StatusCategory>;

  constructor(statuses: readonly Status[], archived: readonly Status[] = []) {
    const all = [...statuses, ...archived];
    this.statuses = statuses;
    this.known = all;
    this.#byId = new Map(all.map((status) => [status.id, status]));
    this.#byKey = new Map(statuses.map((status) => [status.key, status]));
    this.#categories = new Map(all.map(({ key, category }) => [key, category]));
    const initial = statuses.find((status) => status.isDefault);
    if (!initial) throw new Error("An organization without a default status cannot open tickets.");
    this.initial = initial;
  }

  byId(id: string): Status {
    const status = this.#byId.get(id);
    if (!status) throw new UnknownRuleError("status", id);
    return status;
  }

  /** @throws RefusalError `status.unknown` with the keys there are. */
  byKey(key: string): Status {
    return this.#byKey.get(key) ?? refuse({ code: "status.unknown", known: [...this.#byKey.keys()] });
  }

  /** What a status of the history meant, archived since or not. */
  categoryOf(key: string): StatusCategory {
    const category = this.#categories.get(key);
    if (!category) throw new UnknownRuleError("status", key);
    return category;
  }

  /** The keys of the statuses that may follow, in the organization's order. */
  allowed(from: Status): string[] {
    return this.statuses.filter(({ id }) => from.nextIds.includes(id)).map(({ key }) => key);
  }

  /** @throws RefusalError `transition.not_allowed` with the keys that would be. */
  expectTransition(from: Status, to: Status): void {
    if (!from.nextIds.includes(to.id)) {
      refuse({ code: "transition.not_allowed", from: from.key, to: to.key, allowed: this.allowed(from) });
    }
  }

  /** The first status of a category, in order of position. */
  firstIn(category: StatusCategory): Status | undefined {
    return firstOf(this.statuses, category);
  }

  /** The first status of a category that may follow, in order of position: where automatic moves go. */
  firstAllowedIn(from: Status, category: StatusCategory): Status | undefined {
    return firstOf(
      this.statuses.filter(({ id }) => from.nextIds.includes(id)),
      category,
    );
  }
}

const firstOf = (statuses: readonly Status[], category: StatusCategory): Status | undefined =>
  statuses.filter((status) => status.category === category).toSorted((a, b) => a.position - b.position)[0];
