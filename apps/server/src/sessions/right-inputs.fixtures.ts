import type { Scenario } from "@helpdesk/domain";
import type { Home, RightInputs } from "@helpdesk/testing/tenant-wall";
import { copiedScenario } from "../scenarios/copy.fixtures.ts";

/** A scenario that nobody has played yet. */
const scenario = async ({ sql, ids }: Home) =>
  (await copiedScenario(sql, ids["organization"]!, "active")).scenarioId;

/** A session of the super admin's that has just started. */
export async function newSession(home: Home, clock: "real" | "virtual" = "real"): Promise<string> {
  const input = { scenarioId: await scenario(home), clock };
  return (await home.act<{ id: string }>("sessions.start", input)).id;
}

const inNew =
  (rest: object = {}, clock: "real" | "virtual" = "real") =>
  async (home: Home) => ({ sessionId: await newSession(home, clock), ...rest });

/** A session with a name of its scenario. */
const inNewWith =
  (restOf: (definition: Scenario) => object) =>
  async (home: Home): Promise<object> => {
    const sessionId = await newSession(home);
    const [row] = await home.sql<{ definition: Scenario }[]>`
      select c.definition from scenarios c join training_sessions s on s.scenario_id = c.id
      where s.id = ${sessionId}`;
    return { sessionId, ...restOf(row!.definition) };
  };

async function ended(home: Home): Promise<{ sessionId: string }> {
  const sessionId = await newSession(home);
  await home.act("sessions.say", { sessionId, text: "Hello." });
  await home.act("sessions.resolve", { sessionId });
  return { sessionId };
}

/** An ended session with one message, of somebody whom the super admin trains. */
async function endedByAgent(home: Home): Promise<{ sessionId: string }> {
  const session = await ended(home);
  const { sessionId } = session;
  await home.sql`
    update training_sessions s set user_id = ${home.ids["agent"]!},
      attempt = 1 + (select coalesce(max(attempt), 0) from training_sessions o where o.user_id = ${home.ids["agent"]!}
        and o.scenario_key = s.scenario_key)
    where id = ${sessionId}`;
  return session;
}

export const rightInputs: RightInputs = {
  "sessions.start": async (home) => ({ scenarioId: await scenario(home) }),
  "sessions.list": async ({ ids }) => ({ whose: "supervised", userId: ids["agent"]! }),
  "sessions.get": inNew(),
  "sessions.onChange": inNew(),
  "sessions.say": inNew({ text: "Hello." }),
  "sessions.sayStreaming": inNew({ text: "Hello." }),
  "sessions.useTool": inNewWith(({ tools }) => ({ tool: Object.keys(tools)[0] })),
  "sessions.openArticle": inNewWith(({ knowledge }) => ({ article: knowledge[0]!.id })),
  "sessions.takeHint": inNew({ level: "nudge" }),
  "sessions.writeNote": inNew({ fields: { symptom: "Cannot sign in" } }),
  "sessions.pickRootCause": inNewWith(({ rootCause }) => ({ option: rootCause.answer })),
  "sessions.escalate": inNew({ reason: "It is too much for me" }),
  "sessions.refuse": inNew({ reason: "It could not be verified" }),
  "sessions.resolve": inNew(),
  "sessions.abandon": inNew(),
  "sessions.advance": inNew({ seconds: 60 }, "virtual"),
  "sessions.feedback": ended,
  "sessions.log": ended,
  "sessions.correctAct": async (home) => ({
    ...(await endedByAgent(home)),
    sequence: 2,
    acts: ["greet"],
    reason: "It is a greeting",
  }),
};
