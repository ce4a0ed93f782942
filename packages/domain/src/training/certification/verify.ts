import { canonicalJson } from "../canonical-json.ts";
import { brokenAt, type Hash } from "../chain.ts";
import { grade } from "../grade.ts";
import type { Scenario } from "../scenario.ts";
import { endings } from "../session-log.ts";
import { traitsOf } from "../traits.ts";
import { drawCast } from "../variant.ts";
import type { CertificateBundle, CertifiedSession } from "./certificate.ts";
import { type CertifiableSession, certificationProgress } from "./certification.ts";

/**
 * What is wrong with a certificate, by its own bundle alone: nothing where its serial, every scenario's digest, every
 * event's hash, every score and the evidence as a whole come out as it says. Whether it was revoked, only the one who
 * issued it knows; and so does whoever was told the serial know that it is that certificate.
 */
export function certificateProblems(bundle: CertificateBundle, hash: Hash): string[] {
  const { serial, evidence } = bundle;
  const problems: string[] = [];
  if (hash(canonicalJson(evidence)) !== serial) problems.push("The serial is not that of the evidence.");
  const sessions = evidence.sessions.flatMap((session): CertifiableSession[] => {
    const say = (problem: string) => void problems.push(`Session ${session.sessionId}: ${problem}`);
    return proven(bundle, session, hash, say) ?? [];
  });
  if (problems.length > 0) return problems;
  const { missing, passPowerMillionths } = certificationProgress(
    { ...evidence.certification, description: "" } as Parameters<typeof certificationProgress>[0],
    sessions,
  );
  if (passPowerMillionths !== evidence.passPowerMillionths)
    problems.push(`pass^k is ${passPowerMillionths} millionths, not ${evidence.passPowerMillionths}.`);
  return [...problems, ...missing.map((each) => `The evidence is not enough: ${each}.`)];
}

/** A session as its own log and definition show it, or null where they do not bear out what is said of it. */
function proven(
  { definitions, logs }: CertificateBundle,
  session: CertifiedSession,
  hash: Hash,
  say: (problem: string) => void,
): CertifiableSession[] | null {
  const { sessionId, definitionHash, castId, seed } = session;
  const definition = definitions[definitionHash];
  const log = logs[sessionId];
  if (!definition || !log) return (say("its definition or its log is not there."), null);
  if (definition.id !== session.scenarioKey) return (say("the definition is of another scenario."), null);
  if (hash(canonicalJson(definition)) !== definitionHash) return (say("the definition is another."), null);
  const broken = brokenAt(hash, { sessionId, definitionHash, castId, seed }, log);
  if (broken !== null) return (say(`event ${broken} is not as it was written.`), null);
  const last = log.at(-1);
  if (last?.hash !== session.logHash) return (say("the log ends elsewhere."), null);
  const cast = definition.cast.find(({ id }) => id === castId);
  if (drawCast(seed, definition.cast).id !== castId || cast?.role !== session.castRole)
    return (say("its seed draws somebody else."), null);
  const events = log.map(({ event }) => event);
  const end = events.find(({ kind }) => (endings as readonly string[]).includes(kind));
  if (end?.kind !== session.ending || end.at !== session.endedAt) return (say("it ended otherwise."), null);
  const { overall, isPassed } = grade(definition, castId, events);
  if (overall !== session.overall || isPassed !== session.isPassed)
    return (say(`it scores ${overall} hundredths, not ${session.overall}.`), null);
  return [certifiable(definition, session, events)];
}

const certifiable = (
  definition: Scenario,
  { castId, seed, castRole, isPassed, scenarioKey }: CertifiedSession,
  events: Parameters<typeof traitsOf>[2],
): CertifiableSession => ({
  scenarioKey,
  difficulty: definition.difficulty,
  skills: definition.skills,
  seed,
  isImpostor: castRole === "impostor",
  isImpostorRefused: traitsOf(definition, castId, events).isImpostorRefused,
  isPassed,
});
