import type { TRPCClientError } from "@trpc/client";
import { useEffect, useState } from "react";
import type { AppRouter } from "../contract.ts";
import { isRefusal } from "../refusal.ts";
import { forgetSession, useProvided } from "./provider.ts";

/** Whether what is shown is followed: `over` once the server has ended it, for a reason that trying again would not mend. */
export type LiveState = "connecting" | "live" | "over";

interface Listener<Message> {
  onData(message: Message): void;
  onConnectionStateChange(change: { state: string }): void;
  onError(error: TRPCClientError<AppRouter>): void;
}

export interface Streaming<Message> {
  /** There is nothing to listen to yet where it is false. */
  isReady?: boolean;
  start(listener: Listener<Message>): { unsubscribe(): void };
  onData(message: Message): void;
  /** The server does not know any more where this one was: what it told is to be read. */
  onReset?(): void;
}

/** Listens for as long as it is shown, anew whenever one of `on` is another. */
export function useStream<Message>(
  { isReady = true, start, onData, onReset }: Streaming<Message>,
  on: readonly unknown[],
): LiveState {
  const helpdesk = useProvided();
  const [live, setLive] = useState<LiveState>("connecting");
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!isReady) return;
    let isOver = false;
    const stream = start({
      onData: (message) => !isOver && onData(message),
      onConnectionStateChange: ({ state }) => !isOver && setLive(state === "pending" ? "live" : "connecting"),
      onError: (error) => {
        if (isOver) return;
        setLive("over");
        if (isRefusal(error, "auth.required")) return forgetSession(helpdesk);
        if (!isRefusal(error, "cursor.invalid")) return;
        onReset?.();
        setRound((known) => known + 1);
      },
    });
    return () => {
      isOver = true;
      stream.unsubscribe();
    };
  }, [helpdesk, isReady, round, ...on]);
  return live;
}
