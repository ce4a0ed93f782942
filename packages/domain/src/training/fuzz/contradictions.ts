import type { EventOf } from "../session-log.ts";
import { askedBy, type Fault, personOf } from "./fault.ts";
import type { Session } from "./session.ts";

/** What a customer says or does that does not go with what they, or the world, were before. */
export function contradictionsOf(session: Session): Fault[] {
  const { scenario } = session.setting;
  const person = personOf(session);
  const fixes = Object.values(scenario.tools).filter(({ isFix }) => isFix);
  const faults: Fault[] = [];
  const world = { ...scenario.world };
  const told = new Set<string>();
  const evaded = new Set<string>();
  let refusals = 0;
  let left = false;
  let message: EventOf<"trainee_said"> | null = null;
  for (const event of session.log) {
    const wrong = (message: string) =>
      void faults.push({ kind: "contradiction", sequence: event.sequence, message });
    if (event.kind === "tool_used") {
      const tool = scenario.tools[event.tool];
      const works =
        tool !== undefined &&
        (!tool.provesIdentity || person.role === "owner") &&
        Object.entries(tool.requires).every(([key, value]) => world[key] === value);
      if (works !== event.isDone)
        wrong(`${event.tool} ${event.isDone ? "works" : "fails"} against the world`);
      if (works) Object.assign(world, tool.effects);
    } else if (event.kind === "trainee_said") {
      if (left) wrong("nobody is there to talk to");
      message = event;
    } else if (event.kind === "customer_said") {
      if (message === null) wrong("nothing was said to answer");
      const asked = askedBy(message?.acts ?? []);
      for (const fact of event.tells) {
        told.add(fact);
        if (!event.text.includes(scenario.facts[fact]?.value ?? "\0")) wrong(`${fact} is not said`);
      }
      for (const fact of event.evades) {
        evaded.add(fact);
        if (!asked.has(fact)) wrong(`${fact} was not asked for`);
      }
      if (!event.leaves)
        for (const fact of asked)
          if (
            Object.hasOwn(scenario.facts, fact) &&
            !event.tells.includes(fact) &&
            !event.evades.includes(fact)
          )
            wrong(`${fact} is neither said nor evaded`);

      const isFixed = fixes.every(({ effects }) => Object.entries(effects).every(([k, v]) => world[k] === v));
      const says = (key: string) => (person.answers[key] ?? []).some((line) => event.text.includes(line));
      if (!isFixed && says("confirm_fixed")) wrong("it does not work yet");
      if (isFixed && fixes.length > 0 && says("not_fixed")) wrong("it does work");

      const isRefused = message?.acts.includes("refuse") ?? false;
      if (isRefused) refusals += 1;
      const isImpostor = person.role === "impostor";
      const isOver = isRefused && isImpostor && (refusals >= person.givesUpAfter || event.patience === 0);
      const leaves = isOver ? "gives_up" : event.patience === 0 ? "out_of_patience" : null;
      // An impostor stays on the last step; an owner has no more after it, and none when it is mended.
      const { pressure } = person;
      const step = isImpostor ? Math.min(refusals, pressure.length) : isFixed ? 0 : refusals;
      const presses = isRefused && leaves === null;
      const tactic = presses ? (pressure[step - 1]?.tactic ?? null) : null;
      if (event.leaves !== leaves) wrong(`leaves is ${event.leaves} instead of ${leaves}`);
      if (event.tactic !== tactic) wrong(`the tactic is ${event.tactic} instead of ${tactic}`);
      left ||= event.leaves !== null;
      message = null;
    }
  }
  for (const fact of told)
    if (evaded.has(fact))
      faults.push({ kind: "contradiction", sequence: 0, message: `${fact} is said and evaded` });
  return faults;
}
