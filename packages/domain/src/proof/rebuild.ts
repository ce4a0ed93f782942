import { toInstant } from "../instant.ts";
import { explain } from "../sla/explain.ts";
import {
  type ClockDifference,
  type PastEvent,
  type Recount,
  compareClocks,
  foldClocks,
} from "../ticket/fold-clocks.ts";
import type { Decision } from "../ticket/decision.ts";
import type { Desk } from "../ticket/desk.ts";
import { openTicket } from "../ticket/open.ts";
import { isClockEvent } from "../ticket/ticket.ts";
import { slaMetrics } from "../values.ts";
import { admin, customer, deskOf, system } from "./desk.ts";
import type { Draw } from "./draw.ts";
import { attempt } from "./prove.ts";
import type { ProofAct, Timeline } from "./timeline.ts";

export interface Rebuilding {
  /** Where the fold of the history, each line by its own rules, is not what is stored. */
  differences: ClockDifference[];
  /** Cycles that their explanation does not sum to. */
  unexplained: string[];
  editCount: number;
}

/**
 * Lives a timeline as processes do that know an edit of the rules late: some acts go by the rules before it, and some
 * tickets are acted on before they are recounted. Then folds and explains its clocks.
 */
export function rebuild({ baseMs, opening, rules, acts }: Timeline, draw: Draw): Rebuilding {
  const instantOf = (minute: number) => toInstant(baseMs + minute * 60_000);
  const desks: Desk[] = [];
  const edit = (to: Timeline["rules"]) => desks.push({ ...deskOf(to), rulesVersion: desks.length + 1 });
  edit(rules);
  const { priority, departmentId } = opening;
  const ticket = { id: "ticket", title: "Any", source: "web" as const, customerId: customer.userId };
  let state = openTicket(desks[0]!, customer, instantOf(opening.at), { ...ticket, priority, departmentId });
  const events: PastEvent[] = [];
  const recounts: Recount[] = [];
  const remember = ({ events: told, at }: Decision, actor: PastActor, rulesVersion: number) => {
    for (const event of told) {
      const { actorId, actorKind } = isClockEvent(event.kind) ? nobody : actor;
      events.push({ ...event, at, actorId, actorKind, rulesVersion });
    }
  };
  remember(state, actorOf("ask"), 1);
  for (const { at, ...act } of acts) {
    if (act.act === "edit_rules") edit(act.rules);
    const desk = desks.at(draw.once(4) ? -2 : -1) ?? desks[0]!;
    if (act.act === "edit_rules" && draw.once(2)) continue;
    const next = attempt(act, { ...state, desk, actor: admin, at: instantOf(at) });
    if (!next) continue;
    const { rulesVersion } = desk;
    const isRecount = act.act === "edit_rules" && next.changedCycles.length > 0;
    if (isRecount)
      recounts.push({ at: next.at, afterSequence: state.ticket.lastEventSequence, rulesVersion });
    // What nothing happened in is not written.
    if (next.events.length === 0 && !isRecount) continue;
    remember(next, actorOf(act.act), rulesVersion);
    state = next;
  }
  const end = instantOf((acts.at(-1)?.at ?? opening.at) + 7 * 1_440);
  const past = { events, recounts, rulesOf: (version: number) => desks[version - 1]! };
  const folded = foldClocks(desks.at(-1)!, ticket, past, end);
  const explained = slaMetrics.flatMap((metric) =>
    explain(metric, state.cycles, {
      calendarOf: (id, version) =>
        desks.map(({ calendars }) => calendars.get(id)!).find((each) => each.version === version)!,
      history: state.categories,
      at: end,
    }),
  );
  return {
    differences: compareClocks(state.cycles, folded.cycles, end),
    unexplained: explained
      .filter(({ elapsedSeconds, explainedSeconds }) => elapsedSeconds !== explainedSeconds)
      .map((each) => JSON.stringify(each)),
    editCount: desks.length - 1,
  };
}

type PastActor = Pick<PastEvent, "actorId" | "actorKind">;

const nobody: PastActor = { actorId: null, actorKind: "system" };

function actorOf(act: ProofAct["act"]): PastActor {
  if (act === "ask") return { actorId: customer.userId, actorKind: "user" };
  const isSystems = act === "acknowledge" || act === "look" || act === "edit_rules";
  return isSystems ? { actorId: null, actorKind: system.kind } : { actorId: admin.userId, actorKind: "user" };
}
