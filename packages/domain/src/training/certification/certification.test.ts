import { describe, expect, test } from "vitest";
import { type CertifiableSession, certificationProgress, certifications } from "./certification.ts";

const certification = certifications.find(({ key }) => key === "identity_verification")!;

let seeds = 0;
const session = (changed: Partial<CertifiableSession> = {}): CertifiableSession => ({
  scenarioKey: "lost-authenticator",
  difficulty: "intermediate",
  skills: ["identity_check"],
  seed: `seed ${(seeds += 1)}`,
  isImpostor: false,
  isImpostorRefused: false,
  isPassed: true,
  ...changed,
});
const refused = (changed: Partial<CertifiableSession> = {}) =>
  session({ isImpostor: true, isImpostorRefused: true, scenarioKey: "password-reset", ...changed });

const enough = [session(), session(), refused(), session(), refused()];
const missing = (sessions: CertifiableSession[]) => certificationProgress(certification, sessions).missing;

describe("a certificate", () => {
  test("is earned by enough passed sessions of several scenarios, impostors among them", () => {
    expect(certificationProgress(certification, enough)).toMatchObject({
      missing: [],
      attempts: 5,
      passed: 5,
      passPowerMillionths: 1_000_000,
    });
  });

  test("takes pass^3: five of six are enough, four of five are not", () => {
    const failed = session({ isPassed: false });
    expect(missing([...enough, failed])).toEqual([]);
    expect(missing([failed, ...enough.slice(1)])).toEqual(["pass^3 of 50.00 %: it is 40.00 %"]);
  });

  test("is not earned while one impostor was helped, however good the rest is", () => {
    expect(missing([...enough, refused({ isImpostorRefused: false })])).toEqual([
      "impostors refused: 2 of 3",
    ]);
  });

  test("is not earned without impostors, or on one scenario alone", () => {
    expect(missing(Array.from({ length: 6 }, () => session()))).toEqual([
      "different scenarios: 1 of 2",
      "sessions with an impostor: 0 of 2",
    ]);
  });

  test("is not earned while a session that would count is still open: it could be the bad one", () => {
    const open = [session({ scenarioKey: "account-takeover" })];
    expect(certificationProgress(certification, enough, open).missing).toEqual(["sessions still open: 1"]);
    expect(certificationProgress(certification, enough, [session({ skills: ["hardware"] })]).missing).toEqual(
      [],
    );
  });

  test("counts a seed once: a rehearsed session shows nothing", () => {
    const again = enough.map((each) => ({ ...each, seed: "the same" }));
    expect(missing(again)).toContain("sessions: 2 of 5");
  });

  test("looks at the latest sessions of its skills and difficulties only", () => {
    const others = Array.from({ length: 9 }, () => session({ skills: ["hardware"], isPassed: false }));
    const old = Array.from({ length: 9 }, () => session({ isPassed: false }));
    expect(missing([...old, ...enough, refused(), ...others])).toEqual([]);
  });
});
