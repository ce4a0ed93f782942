import { parentPort } from "node:worker_threads";
import { coach, noReturnWords, pointOfNoReturn } from "@helpdesk/domain";
import type { Coached, Lesson, Told } from "./coaching.ts";

const tell = (told: Told): void => parentPort!.postMessage(told);

/** One lesson after the other. */
parentPort!.on("message", (lesson: Lesson) => {
  tell("begins");
  tell(coached(lesson));
});

function coached({ setting, log }: Lesson): Coached {
  const lost = pointOfNoReturn(setting, log);
  return {
    advice: coach(setting, log).map(({ text, worth, overall, wouldPass }) => ({
      text,
      worth,
      overall,
      wouldPass,
    })),
    pointOfNoReturn: lost && {
      sequence: lost.sequence,
      text: noReturnWords(setting.scenario, log, lost),
      before: lost.before,
      after: lost.after,
      isProven: lost.isProven,
    },
  };
}
