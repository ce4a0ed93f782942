import { plusSeconds } from "../../instant.ts";
import { canonicalJson } from "../canonical-json.ts";
import { brokenAt, type Hash } from "../chain.ts";
import { grade } from "../grade.ts";
import { moveOf, playMove } from "../move.ts";
import type { Setting } from "../persona.ts";
import type { Scenario } from "../scenario.ts";
import { endings, type SessionEvent } from "../session-log.ts";
import { traitsOf } from "../traits.ts";
import { drawCast } from "../variant.ts";
import type { CertificateBundle, CertifiedSession } from "./certificate.ts";
import { type CertifiableSession, certificationProgress, certifications } from "./certification.ts";

const DAY_SECONDS = 86_400;

/**
 * What is wrong with a certificate, by its own bundle alone: nothing where its serial, every scenario's digest, every
 * event's hash and what the engine answers, every score and the evidence as a whole come out as it says. Whether it was revoked, only the one who
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
  const certification = certifications.find(({ key }) => key === evidence.certification.key);
  if (!certification) return [`There is no certification ${evidence.certification.key}.`];
  const { description: _, ...rules } = certification;
  if (canonicalJson(rules) !== canonicalJson(evidence.certification))
    return ["The rules are not those of the certification."];
  if (evidence.expiresAt !== plusSeconds(evidence.issuedAt, certification.validDays * DAY_SECONDS))
    problems.push("It is not valid for as long as the certification says.");
  const { missing, passPowerMillionths } = certificationProgress(certification, sessions);
  if (passPowerMillionths !== evidence.passPowerMillionths)
    problems.push(`pass^k is ${passPowerMillionths} millionths, not ${evidence.passPowerMillionths}.`);
  return [...problems, ...missing.map((each) => `The evidence is not enough: ${each}.`)];
}

/** A session as its own log and definition show it, or null where they do not bear out what is said of it. */
function proven(
  { definitions, logs, evidence }: CertificateBundle,
  session: CertifiedSession,
  hash: Hash,
  say: (problem: string) => void,
): CertifiableSession[] | null {
  const { sessionId, attempt, definitionHash, castId, seed } = session;
  const definition = definitions[definitionHash];
  const log = logs[sessionId];
  if (!definition || !log) return (say("its definition or its log is not there."), null);
  if (definition.id !== session.scenarioKey) return (say("the definition is of another scenario."), null);
  if (hash(canonicalJson(definition)) !== definitionHash) return (say("the definition is another."), null);
  // What the holder played, and not on a virtual clock.
  const pin = {
    sessionId,
    userId: evidence.holder.id,
    attempt,
    isVirtual: false,
    definitionHash,
    castId,
    seed,
  };
  const broken = brokenAt(hash, pin, log);
  if (broken !== null) return (say(`event ${broken} is not as it was written.`), null);
  const last = log.at(-1);
  if (last?.hash !== session.logHash) return (say("the log ends elsewhere."), null);
  if (log[0]!.event.at > evidence.issuedAt) return (say("it began after the certificate was issued."), null);
  const cast = definition.cast.find(({ id }) => id === castId);
  if (drawCast(seed, definition.cast).id !== castId || cast?.role !== session.castRole)
    return (say("its seed draws somebody else."), null);
  const events = log.map(({ event }) => event);
  const end = events.find(({ kind }) => (endings as readonly string[]).includes(kind));
  if (end?.kind !== session.ending || end.at !== session.endedAt) return (say("it ended otherwise."), null);
  const strange = strangeAt({ scenario: definition, castId, seed }, events);
  if (strange !== null) return (say(`event ${strange} is not what would have happened.`), null);
  const { overall, isPassed } = grade(definition, castId, events);
  if (overall !== session.overall || isPassed !== session.isPassed)
    return (say(`it scores ${overall} hundredths, not ${session.overall}.`), null);
  return [certifiable(definition, session, events)];
}

/** The first event that the engine does not answer the trainee's move with; a reworded line is the same answer. */
function strangeAt(setting: Setting, log: readonly SessionEvent[]): number | null {
  const worded = (event: SessionEvent) =>
    canonicalJson(event.kind === "customer_said" ? { ...event, text: "" } : event);
  for (const [index, event] of log.entries()) {
    const move = moveOf(event);
    if (move === null) continue;
    const played = playMove(setting, log.slice(0, index), move, event.at);
    if ("problem" in played) return event.sequence;
    const strange = played.events.find((each, i) => {
      const recorded = log[index + i];
      return recorded === undefined || worded(each) !== worded(recorded);
    });
    if (strange) return strange.sequence;
  }
  return null;
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
