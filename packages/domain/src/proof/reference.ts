import {
  type Priority,
  type ReopenMode,
  type SlaCycleState,
  type SlaMetric,
  slaMetrics,
  type StatusCategory,
} from "../values.ts";
import { isDone, type ReferenceRules, type Standing, standingOf, stands, stood } from "./rules.ts";
import { dueFrom, isIn, type Mark, stepFrom, usedBy, usedUpAt } from "./seconds.ts";

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
  targetSeconds: number;
  usedSeconds: number;
  startedAt: number;
  dueAt: number | null;
  breachedAt: number | null;
  satisfiedAt: number | null;
  closedAt: number | null;
}

/** A cycle that is counted, with the hours it is counted by and what its period had used when. */
interface Counted extends ReferenceCycle {
  hours: Uint8Array;
  standing: Standing;
  marks: Mark[];
}

type Terms = Pick<Counted, "policyId" | "calendarId" | "targetSeconds" | "standing">;

const isBy = (cycle: Terms, terms: Terms): boolean =>
  cycle.policyId === terms.policyId &&
  cycle.calendarId === terms.calendarId &&
  cycle.targetSeconds === terms.targetSeconds;

const standsAlike = (cycle: Terms, terms: Terms): boolean =>
  cycle.standing.waiting === terms.standing.waiting;

const isOpen = ({ state }: ReferenceCycle) => state === "running" || state === "paused";

/** A ticket's clocks as somebody with a calendar, a pencil and a lot of time keeps them: second by second. */
export class Reference {
  readonly cycles: Counted[] = [];
  /** What was gone through, step by step. */
  readonly #past: { from: number; to: number; category: StatusCategory }[] = [];
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

  /** Lets time pass up to a second. */
  until(second: number): void {
    while (this.#now < second) {
      const from = this.#now;
      const to = from + stepFrom(from, second);
      this.#past.push({ from, to, category: this.#category });
      for (const cycle of this.cycles) {
        if (cycle.state !== "running" || !isIn(cycle.hours, from)) continue;
        cycle.usedSeconds += to - from;
        cycle.marks.push({ at: to, used: cycle.usedSeconds });
      }
      this.#now = to;
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
        // What is promised no more, or otherwise, stays called off.
        for (const cycle of this.#merged ?? []) {
          const terms = this.#promised(cycle.metric)?.terms;
          if (terms && isBy(cycle, terms) && standsAlike(cycle, terms)) this.#goOn(cycle);
        }
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
      this.#count(cycle.marks, cycle.hours, cycle.closedAt!, () => false);
      cycle.usedSeconds = usedBy(cycle.marks);
      if (cycle.dueAt < this.#now) cycle.breachedAt ??= this.#now;
    }
    cycle.closedAt = null;
  }

  #settle(metric: SlaMetric): void {
    const last = this.cycles.findLast((cycle) => cycle.metric === metric);
    const open = last && isOpen(last) ? last : undefined;
    const end = this.#endOf(metric);
    if (end !== null) return open && this.#close(open, end);
    const promised = this.#promised(metric);
    if (!promised) return open && this.#close(open, "cancelled");
    const { reopenMode, terms } = promised;
    const { standing } = terms;

    if (!open) {
      const beganAt = metric === "next_response" ? this.#unansweredAt! : (last?.startedAt ?? this.#createdAt);
      const isReopened = last?.state === "satisfied" && last.startedAt === beganAt;
      const startedAt = isReopened && reopenMode === "restart" ? this.#now : beganAt;
      // What was called off is counted from the beginning.
      const goesOn = last && last.startedAt === startedAt && last.state !== "cancelled";
      const marks = goesOn ? [...last.marks] : [{ at: startedAt, used: 0 }];
      const hours = this.#rules.open[terms.calendarId]!;
      const since = goesOn ? last.closedAt! : startedAt;
      this.#count(marks, hours, since, (category) => stood(standing, category));
      this.#open(metric, terms, startedAt, marks);
    } else if (!isBy(open, terms)) {
      this.#close(open, "superseded");
      this.#open(metric, terms, open.startedAt, [...open.marks]);
    } else if (!standsAlike(open, terms)) {
      // The same promise: what is broken is not broken once more.
      const next: Counted = { ...open, ordinal: open.ordinal + 1, standing, state: "paused", dueAt: null };
      this.#close(open, "superseded");
      this.cycles.push({ ...next, marks: [...open.marks] });
      if (!stands(standing, this.#category)) this.#run(this.cycles.at(-1)!);
    } else if (stands(standing, this.#category)) {
      open.state = "paused";
      open.dueAt = null;
    } else if (open.state === "paused") {
      this.#run(open);
    }
  }

  /** What the rules of now promise the ticket, and by which policy. */
  #promised(metric: SlaMetric): { reopenMode: ReopenMode; terms: Terms } | null {
    const policy = this.#rules.policies.find(
      ({ isActive, priorities }) =>
        isActive && (priorities.length === 0 || priorities.includes(this.#priority)),
    );
    const targetSeconds = policy?.targets[metric] ?? null;
    if (!policy || targetSeconds === null) return null;
    const ofDepartment =
      this.#departmentId === null ? null : (this.#rules.departmentCalendars[this.#departmentId] ?? null);
    const calendarId = ofDepartment ?? policy.calendarId;
    const terms = { policyId: policy.id, calendarId, targetSeconds, standing: standingOf(policy, metric) };
    return { reopenMode: policy.reopenMode, terms };
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

  #count(
    marks: Mark[],
    hours: Uint8Array,
    since: number,
    stood: (category: StatusCategory) => boolean,
  ): void {
    for (const { from, to, category } of this.#past) {
      if (from < since || !isIn(hours, from) || stood(category)) continue;
      marks.push({ at: to, used: usedBy(marks) + to - from });
    }
  }

  #open(metric: SlaMetric, terms: Terms, startedAt: number, marks: Mark[]): void {
    const ordinal = this.cycles.filter((cycle) => cycle.metric === metric).length + 1;
    const cycle: Counted = {
      ...terms,
      metric,
      ordinal,
      state: "paused",
      usedSeconds: usedBy(marks),
      startedAt,
      dueAt: null,
      breachedAt: null,
      satisfiedAt: null,
      closedAt: null,
      hours: this.#rules.open[terms.calendarId]!,
      marks,
    };
    this.cycles.push(cycle);
    if (stands(terms.standing, this.#category)) return;
    const passedAt = usedUpAt(marks, terms.targetSeconds);
    if (passedAt === undefined || passedAt >= this.#now) return this.#run(cycle);
    cycle.state = "running";
    cycle.dueAt = passedAt;
    cycle.breachedAt = this.#now;
  }

  /** Lets a clock run from now on. What is over its target by then is broken now. */
  #run(cycle: Counted): void {
    cycle.state = "running";
    if (cycle.breachedAt === null && cycle.usedSeconds > cycle.targetSeconds) cycle.breachedAt = this.#now;
    cycle.dueAt = cycle.breachedAt ?? dueFrom(this.#now, cycle);
  }

  #close(cycle: Counted, state: "satisfied" | "superseded" | "cancelled"): void {
    cycle.state = state;
    cycle.closedAt = this.#now;
    if (state === "satisfied") cycle.satisfiedAt = this.#now;
  }

  /** After an edit of the hours they are counted by, open clocks are counted again since their period's last closed one. */
  #recount(): void {
    for (const cycle of this.cycles.filter(isOpen)) {
      const hours = this.#rules.open[cycle.calendarId]!;
      if (hours === cycle.hours) continue;
      const { metric, startedAt, ordinal, standing } = cycle;
      const before = this.cycles.find((each) => each.metric === metric && each.ordinal === ordinal - 1);
      const goesOn = before && before.startedAt === startedAt && before.state !== "cancelled";
      const marks = goesOn ? [...before.marks] : [{ at: startedAt, used: 0 }];
      const since = goesOn ? before.closedAt! : startedAt;
      this.#count(marks, hours, since, (category) => stood(standing, category));
      Object.assign(cycle, { hours, marks, usedSeconds: usedBy(marks) });
      if (cycle.state === "paused" || cycle.breachedAt !== null) continue;
      const passedAt = usedUpAt(marks, cycle.targetSeconds);
      cycle.dueAt = passedAt ?? dueFrom(this.#now, cycle);
      if (cycle.dueAt < this.#now) cycle.breachedAt = this.#now;
    }
  }
}
