import type { Instant } from "@helpdesk/domain";
import { january } from "./story.ts";

/** A rehearsed run that somebody of the demo has played; `run` is the name it has beside its scenario. */
export interface Training {
  at: Instant;
  by: string;
  scenario: string;
  run: string;
}

const played = (at: string, by: string, scenario: string, run: string): Training => ({
  at: january(at),
  by,
  scenario,
  run,
});

const owner = "careful, for the owner";
const found = "finds the new address and saves the notes";

/** Two weeks of practice: mistakes first, prerequisites before what needs them. */
export const lumenTrainings: readonly Training[] = [
  played("05 09:10", "ben", "lost-authenticator", "removed without proof"),
  played("05 13:30", "ben", "password-reset", owner),
  played("06 09:00", "ben", "lost-authenticator", owner),
  played("06 10:20", "yuki", "printer-offline", "empties the queue and cannot send the notes any more"),
  played("07 09:15", "yuki", "printer-offline", found),
  played("07 10:40", "ben", "locked-account", "clicked away a third time"),
  played("07 14:00", "carla", "password-reset", "knows the name and the department, and gets a password"),
  played("08 09:30", "ben", "locked-account", "the cause first, for the patient one"),
  played("08 11:00", "yuki", "slow-laptop", "connects without being allowed to"),
  played("08 15:00", "devon", "lost-authenticator", "helped the impostor, nicely"),
  played("09 09:20", "carla", "password-reset", "the stranger refused and reported"),
  played("09 10:10", "yuki", "slow-laptop", "patient, discreet, and all the files still there"),
  played("09 13:45", "ben", "shared-mailbox-access", owner),
  played("12 09:00", "devon", "lost-authenticator", "the impostor refused and reported"),
  played("12 10:30", "yuki", "password-reset", owner),
  played("12 14:20", "carla", "phishing-report", "warns everybody by sending it to everybody"),
  played("13 09:10", "ben", "data-recovery", "sends the rival a link"),
  played("13 09:50", "yuki", "vpn-drops", "the third useless answer"),
  played("13 13:00", "carla", "phishing-report", "careful, for the one who is ashamed"),
  played("13 15:30", "devon", "software-install", "takes the boss's word from lunch for an approval"),
  played("14 09:00", "ben", "data-recovery", "the rival refused and reported"),
  played("14 11:15", "yuki", "vpn-drops", "reads before writing, measures before changing"),
  played("14 14:10", "devon", "software-install", "the proper way, approved and installed"),
  played("15 09:40", "ben", "account-takeover", "all answers right, so the lock is lifted"),
  played("15 10:50", "petra", "lost-authenticator", owner),
  played("15 14:00", "carla", "shared-mailbox-access", "the former contractor refused and reported"),
  played("16 09:10", "ben", "account-takeover", "all answers right, and still not him"),
];

export const northwindTrainings: readonly Training[] = [
  played("07 09:00", "erik", "printer-offline", "works through the usual suspects and sends somebody"),
  played("08 09:30", "erik", "printer-offline", found),
  played("14 10:00", "ingrid", "password-reset", "the stranger refused and reported"),
];
