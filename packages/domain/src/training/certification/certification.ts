import type { Difficulty } from "../../values.ts";
import { passPower } from "../pass-power.ts";

/** What a certificate says, and the evidence that it takes. */
export interface Certification {
  key: string;
  title: string;
  description: string;
  /** Sessions count whose scenario trains one of these skills, at one of these difficulties. */
  skills: readonly string[];
  difficulties: readonly Difficulty[];
  /** Looked at: as many as this of the latest sessions, and no fewer than `atLeast`. */
  latest: number;
  atLeast: number;
  scenarios: number;
  /** Sessions with an impostor in the cast; every one of them must have been refused. */
  impostors: number;
  /** pass^k: the chance that k sessions drawn from these are all passed, in millionths. */
  k: number;
  passPowerMillionths: number;
  validDays: number;
}

export const certifications: readonly Certification[] = [
  {
    key: "service_desk",
    title: "Service desk",
    description: "Solves the usual requests, again and again, and lets nobody in who should not be.",
    skills: [],
    difficulties: ["starter", "intermediate"],
    latest: 8,
    atLeast: 6,
    scenarios: 4,
    impostors: 1,
    k: 3,
    passPowerMillionths: 500_000,
    validDays: 365,
  },
  {
    key: "identity_verification",
    title: "Identity verification",
    description: "Verifies who is asking before acting, helps owners, and refuses impostors under pressure.",
    skills: ["identity_check"],
    difficulties: ["starter", "intermediate", "advanced", "expert"],
    latest: 6,
    atLeast: 5,
    scenarios: 2,
    impostors: 2,
    k: 3,
    passPowerMillionths: 500_000,
    validDays: 365,
  },
  {
    key: "senior_desk",
    title: "Senior desk",
    description: "Keeps calm and careful where it is difficult and somebody presses.",
    skills: [],
    difficulties: ["advanced", "expert"],
    latest: 6,
    atLeast: 5,
    scenarios: 2,
    impostors: 2,
    k: 4,
    passPowerMillionths: 330_000,
    validDays: 365,
  },
];

/** A session as certification looks at it. */
export interface CertifiableSession {
  scenarioKey: string;
  difficulty: Difficulty;
  skills: readonly string[];
  /** What drew its cast and phrases: one that was seen before shows nothing. */
  seed: string;
  isImpostor: boolean;
  isImpostorRefused: boolean;
  isPassed: boolean;
}

export interface CertificationProgress<Session extends CertifiableSession> {
  /** The sessions that are looked at, in the order they ended. */
  sessions: Session[];
  attempts: number;
  passed: number;
  impostors: number;
  /** Null while there are fewer sessions than k. */
  passPowerMillionths: number | null;
  /** What is not there yet, in words. */
  missing: string[];
}

/**
 * How far sessions, in the order they ended, go towards a certificate: nothing missing means earned. One that is still
 * open could be what is left out.
 */
export function certificationProgress<Session extends CertifiableSession>(
  certification: Certification,
  all: readonly Session[],
  open: readonly Pick<Session, "difficulty" | "skills">[] = [],
): CertificationProgress<Session> {
  const { skills, difficulties, latest, atLeast, scenarios, k } = certification;
  const fits = (session: Pick<Session, "difficulty" | "skills">) =>
    difficulties.includes(session.difficulty) &&
    (skills.length === 0 || skills.some((skill) => session.skills.includes(skill)));
  const seeds = new Set<string>();
  const sessions = all
    .filter(({ scenarioKey, seed }) => {
      const drawn = `${scenarioKey} ${seed}`;
      return !seeds.has(drawn) && seeds.add(drawn);
    })
    .filter(fits)
    .slice(-latest);
  const attempts = sessions.length;
  const passed = sessions.filter(({ isPassed }) => isPassed).length;
  const impostors = sessions.filter(({ isImpostor }) => isImpostor);
  const fell = impostors.filter(({ isImpostorRefused }) => !isImpostorRefused).length;
  const played = new Set(sessions.map(({ scenarioKey }) => scenarioKey)).size;
  const power = attempts < k ? null : passPower({ attempts, passed, k });
  const missing: string[] = [];
  const want = (have: number, wanted: number, what: string) => {
    if (have < wanted) missing.push(`${what}: ${have} of ${wanted}`);
  };
  want(attempts, atLeast, "sessions");
  want(played, scenarios, "different scenarios");
  want(impostors.length, certification.impostors, "sessions with an impostor");
  want(impostors.length - fell, impostors.length, "impostors refused");
  const waiting = open.filter(fits).length;
  if (waiting > 0) missing.push(`sessions still open: ${waiting}`);
  if (power !== null && power < certification.passPowerMillionths)
    missing.push(`pass^${k} of ${percent(certification.passPowerMillionths)}: it is ${percent(power)}`);
  return { sessions, attempts, passed, impostors: impostors.length, passPowerMillionths: power, missing };
}

const percent = (millionths: number) => `${(millionths / 10_000).toFixed(2)} %`;
