import {
  type Setting,
  type SessionEvent,
  coach,
  feedback,
  noReturnWords,
  pointOfNoReturn,
} from "@helpdesk/domain";

export const print = (line: string): void => void process.stdout.write(`${line}\n`);
export const points = (hundredths: number): string => (hundredths / 100).toFixed(2);

/** The score of a session with its reasons: what won and lost points, where a pass was lost, and what to do otherwise. */
export function printReport(setting: Setting, log: readonly SessionEvent[]): void {
  const { scenario, castId } = setting;
  const told = feedback(scenario, castId, log);
  for (const { section, score, won, lost } of told.sections) {
    print(`${section.padEnd(14)} ${points(score).padStart(6)}   ${points(won)} won, ${points(lost)} lost`);
    for (const one of told.criteria.filter((criterion) => criterion.section === section)) {
      const where = one.evidence.map(({ sequence }) => `#${sequence}`).join(", ");
      print(
        `  ${points(one.won).padStart(5)} of ${points(one.won + one.lost).padStart(5)}  ${one.text}${where && `  (${where})`}`,
      );
    }
  }
  for (const { id, tookMs, fullSeconds, zeroSeconds } of told.times)
    print(
      `  ${id.replaceAll("_", " ")}: ${tookMs === null ? "none" : `${Math.round(tookMs / 1_000)} s`} (full up to ${fullSeconds} s, nothing from ${zeroSeconds} s)`,
    );
  for (const { kind, cap, cost, evidence } of told.autoFails)
    print(
      `${kind.replaceAll("_", " ")} at #${evidence.sequence} (${evidence.text}): no more than ${points(cap)}, which cost ${points(cost)}`,
    );
  for (const { sequence, level, xpCost } of told.hints) print(`${level} at #${sequence}: ${xpCost} XP`);
  print(`overall        ${points(told.overall).padStart(6)}`);
  print(told.isPassed ? `passed: ${told.xp} XP` : `not passed: ${points(told.passMark)} are needed`);
  const lost = pointOfNoReturn(setting, log);
  if (lost) print(noReturnWords(scenario, log, lost));
  for (const { text, wouldPass } of coach(setting, log))
    print(`  ${text}${wouldPass && !told.isPassed ? ", and you would have passed" : ""}`);
}
