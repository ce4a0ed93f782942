import {
  type Priority,
  type ReopenMode,
  type SlaCycleState,
  type SlaMetric,
  slaMetrics,
  type StatusCategory,
} from "../values.ts";

/** Rules as the reference reads them: everything in minutes, policies in the order in which they are tried. */
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

/** What happens to a ticket, as far as its clocks care. */
export type Fact =
  | { kind: "opened"; priority: Priority; departmentId: string | null }
  | { kind: "asked" | "answered" | "looked_at" | "merged" | "unmerged" }
  | { kind: "moved"; category: StatusCategory }
  | { kind: "prioritized"; priority: Priority }
  | { kind: "routed"; departmentId: string | null }
  | { kind: "rules_edited"; rules: ReferenceRules };

export interface ReferenceCycle {
  metric: SlaMetric;
  ordinal: number;
  state: SlaCycleState;
  policyId: string;
  calendarId: string;
  targetMinutes: number;
  usedMinutes: number;
  startedAt: number;
  dueAt: number | null;
  breachedAt: number | null;
  satisfiedAt: number | null;
  closedAt: number | null;
}

/** A cycle that is counted, with the hours it is counted by and when its period had used how much. */
interface Counted extends ReferenceCycle {
  hours: Uint8Array;
  /** When it stands: while its ticket waits and, looking back, while it was done. */
  standing: Record<"waiting" | "done", boolean>;
  /** The minute at which the period had used so many, from 0 on. */
  usedUpAt: number[];
}

const isDone = (category: StatusCategory) => category === "resolved" || category === "closed";
const isOpen = ({ state }: ReferenceCycle) => state === "running" || state === "paused";

/** A ticket's clocks as somebody with a calendar, a pencil and a lot of time keeps them: minute by minute. */
export class Reference {
  readonly cycles: Counted[] = [];
  readonly #categories: StatusCategory[] = [];
  #rules: ReferenceRules;
  #now = 0;
  #createdAt = 0;
  #category: StatusCategory = "open";
  #priority: Priority = "medium";
  #departmentId: string | null = null;
  #isAnswered = false;
  #answeredAt: number | null = null;
  #unansweredAt: number | null = null;
  /** The clocks that a merge stopped. */
  #merged: Counted[] | null = null;

  constructor(rules: ReferenceRules) {
    this.#rules = rules;
  }

  /** Lets time pass up to a minute. */
  until(minute: number): void {
    while (this.#now < minute) {
      this.#categories[this.#now] = this.#category;
      for (const cycle of this.cycles) {
        const isCounting = cycle.state === "running" && cycle.hours[this.#now] === 1;
        if (isCounting) cycle.usedUpAt[++cycle.usedMinutes] = this.#now + 1;
      }
      this.#now += 1;
      for (const cycle of this.cycles) {
        const { state, dueAt, breachedAt } = cycle;
        if (state === "running" && breachedAt === null && dueAt !== null && this.#now > dueAt)
          cycle.breachedAt = dueAt;
      }
    }
  }

  tell(fact: Fact): void {
    switch (fact.kind) {
      case "opened":
        this.#createdAt = this.#now;
        this.#priority = fact.priority;
        this.#departmentId = fact.departmentId;
        break;
      case "asked":
        if (this.#isAnswered && this.#answeredAt !== this.#now) this.#unansweredAt ??= this.#now;
        break;
      case "answered":
        this.#isAnswered = true;
        this.#answeredAt = this.#now;
        this.#unansweredAt = null;
        break;
      case "moved":
        this.#category = fact.category;
        if (isDone(fact.category)) this.#unansweredAt = null;
        break;
      case "prioritized":
        this.#priority = fact.priority;
        break;
      case "routed":
        this.#departmentId = fact.departmentId;
        break;
      case "rules_edited":
        this.#rules = fact.rules;
        this.#recount();
        break;
      case "merged":
        this.#merged = this.cycles.filter(isOpen);
        for (const cycle of this.#merged) {
          cycle.state = "cancelled";
          cycle.closedAt = this.#now;
        }
        return;
      case "unmerged":
        for (const cycle of this.#merged ?? []) this.#goOn(cycle);
        this.#merged = null;
        this.#recount();
        break;
      case "looked_at":
        break;
    }
    if (this.#merged === null) for (const metric of slaMetrics) this.#settle(metric);
  }

  /** As if it had not been stopped; what fell due meanwhile is broken now. */
  #goOn(cycle: Counted): void {
    cycle.state = cycle.dueAt === null ? "paused" : "running";
    if (cycle.dueAt !== null) {
      this.#count(cycle.usedUpAt, cycle.hours, cycle.closedAt!, () => false);
      cycle.usedMinutes = cycle.usedUpAt.length - 1;
      if (cycle.dueAt < this.#now) cycle.breachedAt ??= this.#now;
    }
    cycle.closedAt = null;
  }

  #settle(metric: SlaMetric): void {
    const last = this.cycles.findLast((cycle) => cycle.metric === metric);
    const open = last && isOpen(last) ? last : undefined;
    const end = this.#endOf(metric);
    if (end !== null) return open && this.#close(open, end);
    const policy = this.#rules.policies.find(
      ({ isActive, priorities }) =>
        isActive && (priorities.length === 0 || priorities.includes(this.#priority)),
    );
    const target = policy?.targets[metric] ?? null;
    if (!policy || target === null) return open && this.#close(open, "cancelled");
    const ofDepartment =
      this.#departmentId === null ? null : (this.#rules.departmentCalendars[this.#departmentId] ?? null);
    const calendarId = ofDepartment ?? policy.calendarId;
    const standing = {
      waiting: metric === "resolution" ? policy.pausesResolution : policy.pausesFirstResponse,
      done: metric !== "first_response" && policy.reopenMode === "resume",
    };
    const terms = { policyId: policy.id, calendarId, targetMinutes: target, standing };

    if (!open) {
      const beganAt = metric === "next_response" ? this.#unansweredAt! : (last?.startedAt ?? this.#createdAt);
      const isReopened = last?.state === "satisfied" && last.startedAt === beganAt;
      const startedAt = isReopened && policy.reopenMode === "restart" ? this.#now : beganAt;
      // What was called off is counted from the beginning.
      const goesOn = last && last.startedAt === startedAt && last.state !== "cancelled";
      const usedUpAt = goesOn ? [...last.usedUpAt] : [startedAt];
      const hours = this.#rules.open[calendarId]!;
      const since = goesOn ? last.closedAt! : startedAt;
      this.#count(usedUpAt, hours, since, (at) => this.#stands(standing, at, true));
      this.#open(metric, terms, startedAt, usedUpAt);
    } else if (
      open.policyId !== policy.id ||
      open.calendarId !== calendarId ||
      open.targetMinutes !== target
    ) {
      this.#close(open, "superseded");
      this.#open(metric, terms, open.startedAt, [...open.usedUpAt]);
    } else if (open.standing.waiting !== standing.waiting) {
      // The same promise: what is broken is not broken once more.
      const next: Counted = { ...open, ordinal: open.ordinal + 1, standing, state: "paused", dueAt: null };
      this.#close(open, "superseded");
      this.cycles.push({ ...next, usedUpAt: [...open.usedUpAt] });
      if (!this.#stands(standing, this.#now, false)) this.#run(this.cycles.at(-1)!);
    } else if (this.#stands(standing, this.#now, false)) {
      open.state = "paused";
      open.dueAt = null;
    } else if (open.state === "paused") {
      this.#run(open);
    }
  }

  /** How a metric ends by what the ticket is now. */
  #endOf(metric: SlaMetric): "satisfied" | "cancelled" | null {
    if (metric === "resolution") return isDone(this.#category) ? "satisfied" : null;
    if (metric === "first_response") {
      if (this.#isAnswered) return "satisfied";
      return this.#category === "closed" ? "cancelled" : null;
    }
    if (isDone(this.#category)) return "cancelled";
    return this.#unansweredAt === null ? "satisfied" : null;
  }

  /** Whether a clock stands at a minute. Looking back, the time a ticket was done is told by how it is reopened. */
  #stands({ waiting, done }: Counted["standing"], at: number, isPast: boolean): boolean {
    const category = at < this.#now ? this.#categories[at]! : this.#category;
    return isPast && isDone(category) ? done : category === "waiting" && waiting;
  }

  #count(usedUpAt: number[], hours: Uint8Array, from: number, stands: (at: number) => boolean): void {
    for (let at = from; at < this.#now; at += 1) if (hours[at] === 1 && !stands(at)) usedUpAt.push(at + 1);
  }

  #open(
    metric: SlaMetric,
    terms: Pick<Counted, "policyId" | "calendarId" | "targetMinutes" | "standing">,
    startedAt: number,
    usedUpAt: number[],
  ): void {
    const ordinal = this.cycles.filter((cycle) => cycle.metric === metric).length + 1;
    const cycle: Counted = {
      ...terms,
      metric,
      ordinal,
      state: "paused",
      usedMinutes: usedUpAt.length - 1,
      startedAt,
      dueAt: null,
      breachedAt: null,
      satisfiedAt: null,
      closedAt: null,
      hours: this.#rules.open[terms.calendarId]!,
      usedUpAt,
    };
    this.cycles.push(cycle);
    if (this.#stands(terms.standing, this.#now, false)) return;
    const passedAt = usedUpAt[terms.targetMinutes];
    if (passedAt === undefined || passedAt >= this.#now) return this.#run(cycle);
    Object.assign(cycle, { state: "running", dueAt: passedAt, breachedAt: this.#now });
  }

  /** Lets a clock run from now on. What is over its target by then is broken now. */
  #run(cycle: Counted): void {
    cycle.state = "running";
    if (cycle.breachedAt === null && cycle.usedMinutes > cycle.targetMinutes) cycle.breachedAt = this.#now;
    cycle.dueAt = cycle.breachedAt ?? this.#dueFromNow(cycle);
  }

  #dueFromNow({ hours, targetMinutes, usedMinutes }: Counted): number {
    let at = this.#now;
    for (let left = targetMinutes - usedMinutes; left > 0; at += 1) {
      if (at >= hours.length) throw new Error("The reference does not look that far ahead.");
      if (hours[at] === 1) left -= 1;
    }
    return at;
  }

  #close(cycle: Counted, state: "satisfied" | "superseded" | "cancelled"): void {
    cycle.state = state;
    cycle.closedAt = this.#now;
    if (state === "satisfied") cycle.satisfiedAt = this.#now;
  }

  /** After an edit of their hours open clocks are counted again since their period's last closed one. */
  #recount(): void {
    for (const cycle of this.cycles.filter(isOpen)) {
      const hours = this.#rules.open[cycle.calendarId]!;
      if (hours === cycle.hours) continue;
      const { metric, startedAt, ordinal, standing } = cycle;
      const before = this.cycles.find((each) => each.metric === metric && each.ordinal === ordinal - 1);
      const goesOn = before?.startedAt === startedAt && before.state !== "cancelled";
      const usedUpAt = goesOn ? [...before.usedUpAt] : [startedAt];
      const since = goesOn ? before.closedAt! : startedAt;
      this.#count(usedUpAt, hours, since, (at) => this.#stands(standing, at, true));
      Object.assign(cycle, { hours, usedUpAt, usedMinutes: usedUpAt.length - 1 });
      if (cycle.state === "paused" || cycle.breachedAt !== null) continue;
      const passedAt = usedUpAt[cycle.targetMinutes];
      cycle.dueAt = passedAt ?? this.#dueFromNow(cycle);
      if (cycle.dueAt < this.#now) cycle.breachedAt = this.#now;
    }
  }
}
