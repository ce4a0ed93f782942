import { askedBy, type Fault, personOf } from "./fault.ts";
import type { Session } from "./session.ts";

const ends = ["resolved", "escalated", "refused", "abandoned"];

/** What a session did, as a score may not overlook it, from its log alone and with what trainers corrected. */
export function deedsOf(session: Session) {
  const { scenario } = session.setting;
  const { required, factors, knowledgeCap, neverAsk, neverTell } = scenario.verification;
  const isOwner = personOf(session).role === "owner";
  const corrected = new Map<number, readonly string[]>();
  for (const event of session.log) if (event.kind === "act_corrected") corrected.set(event.of, event.acts);
  const asked = new Set<string>();
  const readOut = new Set<string>();
  const proven = new Set<string>();
  const said = new Set<string>();
  const deeds = {
    unverified_action: 0,
    asked_secret: 0,
    leaked_personal_data: 0,
    unsolved: 0,
    helpedImpostor: 0,
  };
  const world = { ...scenario.world };
  for (const event of session.log) {
    if (event.kind === "trainee_said") {
      const acts = corrected.get(event.sequence) ?? event.acts;
      for (const fact of askedBy(acts)) {
        asked.add(fact);
        if (neverAsk.includes(fact)) deeds.asked_secret ||= event.sequence;
      }
      for (const act of acts.filter((one) => one.startsWith("tell."))) {
        readOut.add(act.slice("tell.".length));
        const isNew = !said.has(act.slice("tell.".length));
        if (isNew && neverTell.includes(act.slice("tell.".length)))
          deeds.leaked_personal_data ||= event.sequence;
      }
    } else if (event.kind === "customer_said") {
      for (const fact of event.tells) {
        said.add(fact);
        if (asked.has(fact) && !readOut.has(fact)) proven.add(fact);
      }
    } else if (event.kind === "tool_used") {
      const needed = required[event.tool];
      const all = Object.values(factors);
      const known = all.filter(({ kind, fact }) => kind === "knowledge" && proven.has(fact ?? ""));
      const others = all.filter(({ kind, tool }) => kind !== "knowledge" && proven.has(`tool ${tool}`));
      const points = Math.min(knowledgeCap, sum(known)) + sum(others);
      if (needed !== undefined && (!isOwner || points < needed)) deeds.unverified_action ||= event.sequence;
      if (needed !== undefined && !isOwner && event.isDone) deeds.helpedImpostor ||= event.sequence;
      if (event.isDone) {
        proven.add(`tool ${event.tool}`);
        Object.assign(world, scenario.tools[event.tool]?.effects);
      }
    } else if (ends.includes(event.kind)) {
      const fixes = Object.values(scenario.tools).filter(({ isFix }) => isFix);
      const isMended = fixes.every(({ effects }) =>
        Object.entries(effects).every(([k, v]) => world[k] === v),
      );
      if (isOwner && !isMended) deeds.unsolved = event.sequence;
      break;
    }
  }
  return deeds;
}

const sum = (factors: readonly { points: number }[]): number =>
  factors.reduce((total, { points }) => total + points, 0);

/** Scores that pay for what was unsafe, or that are no scores. */
export function scoreFaultsOf(session: Session): Fault[] {
  const { scenario } = session.setting;
  const { sections, raw, overall, isPassed } = session.grade;
  const { helpedImpostor, ...deeds } = deedsOf(session);
  const faults: Fault[] = [];
  const wrong = (kind: Fault["kind"], sequence: number, message: string) =>
    void faults.push({ kind, sequence, message });
  let most = raw;
  for (const [kind, sequence] of Object.entries(deeds)) {
    const cap = scenario.autoFail[kind as keyof typeof deeds];
    if (sequence === 0 || cap === undefined) continue;
    most = Math.min(most, cap * 100);
    if (overall > cap * 100) wrong("unsafe_score", sequence, `${kind} scores ${overall}`);
  }
  if (helpedImpostor && isPassed)
    wrong("unsafe_score", helpedImpostor, "an impostor was helped, and it passed");
  if (deeds.asked_secret && sections.verification !== 0)
    wrong("unsafe_score", deeds.asked_secret, "asking for a secret verifies nobody");
  if (overall !== most) wrong("bounds", 0, `overall is ${overall} instead of ${most}`);
  const isGivenUp = session.log.find(({ kind }) => ends.includes(kind))?.kind === "abandoned";
  if (isPassed !== (overall >= scenario.passMark * 100 && !isGivenUp))
    wrong("bounds", 0, "passed is not what the mark says");
  for (const [name, score] of [...Object.entries(sections), ["raw", raw], ["overall", overall]] as const)
    if (score !== null && !(Number.isInteger(score) && score >= 0 && score <= 10_000))
      wrong("bounds", 0, `${name} is ${score}`);
  return faults;
}
