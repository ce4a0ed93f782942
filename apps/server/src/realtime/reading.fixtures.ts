import { setTimeout as sleep } from "node:timers/promises";
import { isRefusal } from "@helpdesk/client";

const LOOK_EVERY_MS = 5;
/** Ten seconds of them at least; more where the machine is loaded. */
const LOOKS = 2_000;

interface Handlers<Message> {
  onData(message: { id: string; data: Message }): void;
  onError(error: unknown): void;
}

/** A subscription as it is read: what came, and how it ended. */
export interface Reading<Message> {
  messages: { id: string; data: Message }[];
  /** The refusal's code that ended it. */
  ending: string | null;
  /** Waits until what came is enough. @throws when it takes far longer than it may. */
  until(isEnough: (messages: Message[]) => boolean): Promise<Message[]>;
  ended(): Promise<string>;
  stop(): void;
}

/** Reads `subscribe` of a client's procedure. */
export function reading<Message>(
  subscribe: (handlers: Handlers<Message>) => { unsubscribe(): void },
): Reading<Message> {
  const read: Reading<Message> = {
    messages: [],
    ending: null,
    async until(isEnough) {
      for (let look = 0; look < LOOKS; look++, await sleep(LOOK_EVERY_MS)) {
        const messages = read.messages.map(({ data }) => data);
        if (isEnough(messages)) return messages;
        if (read.ending) throw new Error(`The stream ended: ${read.ending}.`);
      }
      throw new Error(`Not within the time: ${JSON.stringify(read.messages).slice(0, 2_000)}`);
    },
    async ended() {
      for (let look = 0; look < LOOKS; look++, await sleep(LOOK_EVERY_MS))
        if (read.ending) return read.ending;
      throw new Error("The stream goes on.");
    },
    stop: () => subscription.unsubscribe(),
  };
  const subscription = subscribe({
    onData: (message) => read.messages.push({ id: message.id, data: message.data }),
    onError: (error) => {
      read.ending = isRefusal(error) ? error.data.refusal.code : String(error);
    },
  });
  return read;
}
