import { type Answer, guardWording, type SessionEvent, type Setting } from "@helpdesk/domain";

/** A scripted answer, and the session it belongs to. */
interface Script {
  setting: Setting;
  answer: Answer;
}

/**
 * Puts a scripted answer into other words: what a language model may one day do, and all that it may. What it proposes
 * is guarded, and decides nothing: facts, mood and leaving are the script's.
 */
export interface LanguageModelVoice {
  reword(script: Script): Promise<string>;
}

/** The script as it is: the only voice there is. */
export const scriptedVoice: LanguageModelVoice = { reword: async ({ answer }) => answer.text };

/** Events as a voice says them. A wording that the guard does not let pass, or that fails, leaves the script. */
export const spoken = (
  voice: LanguageModelVoice,
  setting: Setting,
  events: readonly SessionEvent[],
): Promise<SessionEvent[]> =>
  Promise.all(
    events.map(async (event) => {
      if (event.kind !== "customer_said") return event;
      const proposed = await voice.reword({ setting, answer: event }).catch(() => event.text);
      return { ...event, text: guardWording(setting, event, proposed).text };
    }),
  );
