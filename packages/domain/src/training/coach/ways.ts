import { actFamilies, sharedActs } from "../acts.ts";
import { matches, type Pattern } from "../criterion.ts";
import type { Grade } from "../grade.ts";
import type { Marked } from "../marks.ts";
import { castOf, type Setting } from "../persona.ts";
import type { Scenario } from "../scenario.ts";
import type { Change } from "./change.ts";
import { isLate } from "./plan.ts";
import { type Deed, deedPattern } from "./wishes.ts";

/** What a log lost, and where its steps are. */
export interface Lost {
  setting: Setting;
  log: readonly Marked[];
  graded: Grade;
  /** What the planner does in a session from its start: of equal ways these are the natural ones. */
  plan: ReadonlySet<Deed>;
}

const has = (pattern: Pattern, { marks }: Marked): boolean => marks.some((mark) => matches(pattern, mark));

/** The names that a pattern stands for. */
const named = (pattern: Pattern, names: readonly string[]): string[] =>
  names.filter((name) => matches(pattern, name));

const actNames = ({ facts, phrases }: Scenario): string[] => [
  ...Object.keys(sharedActs).filter((act) => act !== "rude"),
  ...Object.keys(facts).map((fact) => `ask.${fact}`),
  ...Object.keys(phrases).filter((act) => actFamilies.some((family) => act.startsWith(`${family}.`))),
];

/** Ways to make a mark be there, or be there once more. */
export function adding(
  { setting: { scenario }, log, plan }: Lost,
  pattern: Pattern,
  isAgain = false,
): Change[] {
  if (!isAgain && log.some((marked) => has(pattern, marked))) return [];
  const deed = deedPattern(pattern);
  const says = log.filter(({ event }) => event.kind === "trainee_said");
  const steps = log.filter(({ event }) => event.kind !== "session_started" && event.kind !== "customer_said");
  const some = (names: readonly Deed[]) =>
    named(deed, names)
      .toSorted((a, b) => Number(plan.has(b)) - Number(plan.has(a)))
      .slice(0, 3);
  const acts = some(actNames(scenario).map((act) => `say.${act}`));
  const tools = some(Object.keys(scenario.tools).map((tool) => `tool.${tool}`));
  return [
    ...acts.flatMap((mark): Change[] => {
      const act = mark.slice(4);
      const { neverAsk, neverTell } = scenario.verification;
      if (neverAsk.some((fact) => act === `ask.${fact}`) || neverTell.some((fact) => act === `tell.${fact}`))
        return [];
      return [
        // Of places that are worth the same the first one is named: where people would say it.
        ...(isLate(scenario, mark) ? says.toReversed() : says)
          .filter(({ marks }) => !marks.includes(mark))
          .map(({ event }): Change => ({ kind: "said_too", acts: [act], in: event.sequence })),
        ...steps
          .slice(-1)
          .map(({ event }): Change => ({ kind: "said_more", acts: [act], before: event.sequence })),
      ];
    }),
    ...tools.flatMap((mark) =>
      steps.map(({ event }): Change => ({ kind: "used", tools: [mark.slice(5)], before: event.sequence })),
    ),
    ...named(
      deed,
      scenario.knowledge.map(({ id }) => `article.${id}`),
    ).map((mark): Change => ({ kind: "opened", article: mark.slice(8) })),
    ...named(
      deed,
      Object.keys(scenario.rootCause.options).map((option) => `root_cause.${option}`),
    ).map((mark): Change => ({ kind: "picked", option: mark.slice(11) })),
  ];
}

/** Ways to have all of several marks at once, where more than one is missing. */
export function together({ setting, log }: Lost, patterns: readonly Pattern[]): Change[] {
  const missing = patterns.filter((pattern) => !log.some((marked) => has(pattern, marked))).map(deedPattern);
  const named = (kind: string) =>
    missing
      .filter((deed) => deed.startsWith(kind) && !deed.endsWith("*"))
      .map((deed) => deed.slice(kind.length));
  const { neverAsk, neverTell } = setting.scenario.verification;
  const never = [...neverAsk.map((fact) => `ask.${fact}`), ...neverTell.map((fact) => `tell.${fact}`)];
  const acts = named("say.").filter((act) => !never.includes(act));
  const tools = named("tool.");
  const steps = log.filter(({ event }) => !["session_started", "customer_said"].includes(event.kind));
  const isLast = acts.some((act) => isLate(setting.scenario, `say.${act}`));
  return (isLast ? steps.toReversed() : steps).flatMap(({ event: { kind, sequence } }): Change[] => [
    ...(acts.length > 1 && kind === "trainee_said"
      ? [{ kind: "said_too", acts, in: sequence } as const]
      : []),
    ...(tools.length > 1 ? [{ kind: "used", tools, before: sequence } as const] : []),
  ]);
}

/** Ways to make a mark not be there. */
export function removing({ setting, log }: Lost, pattern: Pattern): Change[] {
  const { tools, verification } = setting.scenario;
  const marks = new Set(log.flatMap(({ marks: all }) => all.filter((mark) => matches(pattern, mark))));
  return [...marks].flatMap((mark): Change[] => {
    const [kind, ...rest] = mark.split(".") as [string, ...string[]];
    const name = rest.join(".");
    if (kind === "say") return [{ kind: "left_unsaid", act: name }];
    if (mark === "customer.upset") return [{ kind: "left_unsaid", act: "rude" }];
    if (!["unverified", "tool", "tool_failed"].includes(kind) || !Object.hasOwn(tools, name)) return [];
    // An impostor is refused; nobody should send an owner away.
    const isRefusal = castOf(setting).role === "impostor" && Object.hasOwn(verification.required, name);
    const unused: Change = { kind: "left_unused", tool: name };
    return isRefusal ? [{ kind: "refused", tool: name }, unused] : [unused];
  });
}

/** Ways to bring two things that were done into an order. */
export function moving({ setting: { scenario }, log }: Lost, first: Pattern, second: Pattern): Change[] {
  const used = (pattern: Pattern) =>
    Object.keys(scenario.tools).filter((tool) =>
      log.some(({ marks }) =>
        marks.some(
          (mark) => matches(pattern, mark) && (mark === `tool.${tool}` || mark === `tool_failed.${tool}`),
        ),
      ),
    );
  const firstOf = log.findIndex((marked) => has(first, marked));
  const secondOf = log.findIndex((marked) => has(second, marked));
  if (firstOf < 0 || secondOf < 0) return [];
  const place = log[secondOf]!.event.sequence;
  const after = log.slice(firstOf + 1).map(({ event }) => event.sequence);
  return [
    ...used(first).map((tool): Change => ({ kind: "moved", tool, before: place })),
    ...used(second).flatMap((tool) => after.map((before): Change => ({ kind: "moved", tool, before }))),
  ];
}

/** Ways to have the points that a guarded tool takes before it is used. */
export function proving(lost: Lost, tool: string): Change[] {
  const use = lost.log.find(({ event }) => event.kind === "tool_used" && event.tool === tool && event.isDone);
  const { factors } = lost.setting.scenario.verification;
  return [
    ...Object.values(factors).flatMap(({ fact, tool: proof }) => [
      ...(fact ? adding(lost, `say.ask.${fact}`, true) : []),
      ...(proof ? [...adding(lost, `tool.${proof}`), ...moving(lost, `tool.${proof}`, `tool.${tool}`)] : []),
    ]),
    // Where one of them alone does it, that is the better advice.
    ...(use ? [{ kind: "verified", tool, before: use.event.sequence } as const] : []),
  ];
}
