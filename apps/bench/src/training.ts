import { setTimeout as sleep } from "node:timers/promises";
import { createHelpdeskClient } from "@helpdesk/client";
import { type Sql, connect } from "@helpdesk/db";
import { type Connections, connectTo } from "./connections.ts";
import { describeLoad } from "./machine.ts";
import { type ServerProcess, startServer } from "./server-process.ts";
import type { Settings } from "./settings.ts";
import { quantile, table } from "./spread.ts";

const TRAINEES = 100;
const SCENARIOS = 10;
/** Between two moves of a trainee, on average: they read, think and write. */
const PACE_MS = 20_000;
const MIB = 1_048_576;

/** What a trainee says and does, one after the other. */
const moves: [path: string, rest: object][] = [
  ["say", { text: "Hello Maria, this is the service desk. I am sorry to hear that." }],
  ["openArticle", { article: "kb_lost_authenticator" }],
  ["say", { text: "Could you tell me your employee number, please? And which department do you work in?" }],
  ["useTool", { tool: "call_back" }],
  ["say", { text: "Thank you. I will now remove the lost device, and then you can sign in again." }],
  ["useTool", { tool: "reset_mfa" }],
  ["say", { text: "Please open the sign-in page and scan the code with your new phone." }],
  ["say", { text: "Does it work now?" }],
  ["pickRootCause", { option: "lost_device" }],
  ["writeNote", { fields: { symptom: "The phone is lost", action: "Old device removed, new one enrolled" } }],
  ["say", { text: "Have a nice day, good-bye!" }],
  ["resolve", {}],
];

interface Stage {
  trainees: Connections[];
  scenarioIds: string[];
}

/** How long a customer's answer takes while a thousand sessions are played at once, and what they cost the API. */
export async function training(databaseUrl: string, settings: Settings): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const sql = connect({ url: databaseUrl, max: 1, applicationName: "helpdesk-bench" });
  stack.defer(() => sql.end({ timeout: 5 }));
  const env = { DATABASE_URL: databaseUrl, ACCESS_TOKEN_SECONDS: "3600" };
  const entry = new URL("main.ts", import.meta.resolve("@helpdesk/server"));
  const api = stack.use(await startServer({ entry, env, interruption: settings.interruption }));
  const stage = { trainees: await signedIn(sql, api.url), scenarioIds: await copies(sql) };
  for (const each of stage.trainees) stack.use(each);

  const rows = [
    await measured(api, settings, `all at once, a move every ${PACE_MS / 1_000} s`, (play) =>
      Promise.all(pairs(stage).map((pair) => play(pair, PACE_MS))),
    ),
    await measured(api, settings, `${settings.concurrency} at a time, without a pause`, (play) => {
      const left = pairs(stage);
      const player = async () => {
        for (let pair = left.pop(); pair; pair = left.pop()) await play(pair, 0);
      };
      return Promise.all(Array.from({ length: settings.concurrency }, player));
    }),
  ];
  const [check] = await sql<{ sessions: number; ended: number; overalls: number[] }[]>`
    select count(*)::int as sessions, count(ended_at)::int as ended,
      array(select distinct overall_hundredths from performance_metrics order by 1) as overalls
    from training_sessions where scenario_key like 'bench-%'`;
  console.log(
    `\nTraining: ${TRAINEES * SCENARIOS} sessions of ${TRAINEES} trainees, ${moves.length + 1} calls each, ${describeLoad()}.\n`,
  );
  console.log(
    table(
      [
        "",
        "answers, p50 / p95 / p99 ms",
        "other moves",
        "sessions a second",
        "errors",
        "CPU of the API, ms a session",
        "RSS before, at most, MiB",
      ],
      rows,
    ),
  );
  console.log(`\nIn the database: ${check!.sessions} sessions, ${check!.ended} ended and graded.`);
}

/** Trainees with the password of a demo account, each with connections of their own. */
async function signedIn(sql: Sql, url: string): Promise<Connections[]> {
  await sql`
    insert into users (organization_id, id, email, name, password_hash, role_id, created_at, updated_at)
    select u.organization_id, gen_random_uuid(), 'trainee' || n || '@lumen.example', 'Trainee ' || n, u.password_hash,
      u.role_id, u.created_at, u.created_at
    from users u, generate_series(1, ${TRAINEES}::int) n where u.email = 'ben@lumen.example'`;
  const trainees: Connections[] = [];
  for (let n = 1; n <= TRAINEES; n += 1) {
    const email = `trainee${n}@lumen.example`;
    let token = "";
    const tokens = {
      get: () => null,
      set: (kept: { accessToken: string } | null) => void (token = kept?.accessToken ?? ""),
    };
    const client = createHelpdeskClient({ url, tokens });
    await client.signIn({ organization: "demo", email, password: "Demo-pass-2026!" });
    trainees.push(connectTo(url, SCENARIOS, token));
  }
  return trainees;
}

/** A scenario as often as a trainee plays at once: each is played in one session at a time. */
async function copies(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    insert into scenarios (organization_id, id, key, revision, title, difficulty, estimated_minutes, xp,
      pass_mark_hundredths, skills, prerequisites, definition, definition_hash, weights, state, created_at, updated_at)
    select c.organization_id, gen_random_uuid(), 'bench-' || n, 1, title, difficulty, estimated_minutes, xp,
      pass_mark_hundredths, skills, '{}', definition, definition_hash, weights, 'active', created_at, updated_at
    from scenarios c join (select id from organizations where slug = 'demo') o on o.id = c.organization_id,
      generate_series(1, ${SCENARIOS}::int) n
    where c.key = 'lost-authenticator' returning id`;
  return rows.map(({ id }) => id);
}

type Pair = [trainee: Connections, scenarioId: string];

const pairs = ({ trainees, scenarioIds }: Stage): Pair[] =>
  trainees.flatMap((trainee) => scenarioIds.map((id): Pair => [trainee, id]));

type Play = (pair: Pair, paceMs: number) => Promise<void>;

/** Plays by `how`, and says what was seen of it: a row of the table. */
async function measured(
  api: ServerProcess,
  { interruption }: Settings,
  name: string,
  how: (play: Play) => Promise<unknown>,
): Promise<string[]> {
  const [answersMs, othersMs]: [number[], number[]] = [[], []];
  let [errors, sessions] = [0, 0];
  const play: Play = async ([{ send }, scenarioId], paceMs) => {
    const pause = () =>
      paceMs > 0 && sleep(paceMs * (0.5 + Math.random()), undefined, { signal: interruption });
    const act = async (path: string, input: object): Promise<string> => {
      const startedAt = performance.now();
      const body = JSON.stringify(input);
      const answer = await send({ method: "POST", path: `/trpc/sessions.${path}`, body });
      (path === "say" ? answersMs : othersMs).push(performance.now() - startedAt);
      return answer;
    };
    try {
      await pause();
      const started = JSON.parse(await act("start", { scenarioId })) as { result: { data: { id: string } } };
      const sessionId = started.result.data.id;
      for (const [path, rest] of moves) {
        await pause();
        await act(path, { sessionId, ...rest });
      }
      sessions += 1;
    } catch (error) {
      interruption.throwIfAborted();
      if (errors === 0) console.error(error);
      errors += 1;
    }
  };

  const before = await api.usage();
  let mostBytes = before.rssBytes;
  const watching = setInterval(
    () => void api.usage().then(({ rssBytes }) => (mostBytes = Math.max(mostBytes, rssBytes))),
    1_000,
  );
  const startedAt = performance.now();
  await how(play);
  const seconds = (performance.now() - startedAt) / 1_000;
  clearInterval(watching);
  const after = await api.usage();
  const spread = (values: readonly number[]) => {
    const sorted = Float64Array.from(values).sort();
    return [0.5, 0.95, 0.99].map((share) => quantile(sorted, share).toFixed(0)).join(" / ");
  };
  const mib = (bytes: number) => (bytes / MIB).toFixed(0);
  return [
    name,
    `${spread(answersMs)} (${answersMs.length})`,
    `${spread(othersMs)} (${othersMs.length})`,
    (sessions / seconds).toFixed(1),
    `${errors}`,
    ((after.cpuMs - before.cpuMs) / sessions).toFixed(0),
    `${mib(before.rssBytes)}, ${mib(Math.max(mostBytes, after.rssBytes))}`,
  ];
}
