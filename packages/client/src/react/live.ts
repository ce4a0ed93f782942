import { type QueryKey, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { TRPCClientError } from "@trpc/client";
import { useEffect, useMemo, useState } from "react";
import type { AppRouter } from "../contract.ts";
import type { InputOf, MessageOf } from "../types.ts";
import { paced } from "./paced.ts";
import { useProvided } from "./provider.ts";
import { type Ticket, lastEntryOf, patchedView } from "./ticket-cache.ts";
import { type LiveState, useStream } from "./use-stream.ts";

/** What messages only hint at is read again no more often. */
const READ_EVERY_MS = 1_000;
/** Presence is said again before the server forgets it. */
const REPORT_EVERY_MS = 10_000;

function useReading(...keys: QueryKey[]): () => void {
  const { queryClient } = useProvided();
  const named = JSON.stringify(keys);
  return useMemo(
    () =>
      paced(() => {
        for (const queryKey of JSON.parse(named) as QueryKey[])
          void queryClient.invalidateQueries({ queryKey });
      }, READ_EVERY_MS),
    [queryClient, named],
  );
}

export type LiveTicket = UseQueryResult<Ticket, TRPCClientError<AppRouter>> & { live: LiveState };

/** A ticket as it is, and as it changes; its rows in lists change with it. */
export function useLiveTicket(ticketId: string): LiveTicket {
  const { client, queryClient, options, tickets } = useProvided();
  const get = options.tickets.get.queryOptions({ ticketId });
  const query = useQuery(get);
  const readAgain = useReading(get.queryKey);
  useEffect(() => tickets.follow(ticketId), [tickets, ticketId]);
  const live = useStream<MessageOf<"tickets.onChange">>(
    {
      isReady: query.data !== undefined,
      start: (listener) => {
        const known = queryClient.getQueryData(get.queryKey);
        const lastEventId = known && lastEntryOf(known);
        return client.api.tickets.onChange.subscribe(
          { ticketId, ...(lastEventId !== undefined && { lastEventId }) },
          listener,
        );
      },
      onData: ({ data }) => {
        const known = queryClient.getQueryData(get.queryKey);
        tickets.told(data);
        // Tags, fields, clocks and edits of earlier entries are not in the message.
        if (data.entries.length > 0 || known?.version !== data.ticket.version) readAgain();
      },
      onReset: readAgain,
    },
    [client, queryClient, tickets, ticketId, readAgain],
  );
  return { ...query, live } as LiveTicket;
}

/** Keeps the pages of a view as its tickets come, change and leave. The view is read with `views.tickets`. */
export function useLiveView(viewId: string): LiveState {
  const { client, options, tickets } = useProvided();
  const key = options.views.tickets.queryKey();
  const readAgain = useReading(key);
  let isFirst = true;
  return useStream<MessageOf<"views.onChange">>(
    {
      start: (listener) => client.api.views.onChange.subscribe({ viewId }, listener),
      onData: ({ data }) => {
        if (!data.isReset) tickets.setPages(key, viewId, (pages) => patchedView(pages, data));
        // The first message says from where on changes are told: the list may have been read before that.
        if (isFirst || data.isReset || data.changed.length > 0 || data.left.length > 0) readAgain();
        isFirst = false;
      },
      onReset: readAgain,
    },
    [client, tickets, viewId, readAgain],
  );
}

export interface LiveNotifications {
  /** Undefined until the server has said it. */
  unreadCount: number | undefined;
  live: LiveState;
}

/** How many of one's notifications are unread; the list of `notifications.list` is read again when that changes. */
export function useLiveNotifications(
  onNew?: (notifications: MessageOf<"notifications.onMine">["data"]["notifications"]) => void,
): LiveNotifications {
  const { client, options } = useProvided();
  const [unreadCount, setUnreadCount] = useState<number>();
  const readAgain = useReading(
    options.notifications.list.queryKey(),
    options.notifications.unreadCount.queryKey(),
  );
  const live = useStream<MessageOf<"notifications.onMine">>(
    {
      start: (listener) => client.api.notifications.onMine.subscribe({}, listener),
      onData: ({ data }) => {
        setUnreadCount(data.unreadCount);
        if (data.notifications.length > 0) onNew?.(data.notifications);
        readAgain();
      },
      onReset: readAgain,
    },
    [client, readAgain],
  );
  return { unreadCount, live };
}

export type Present = MessageOf<"presence.onChange">["data"][number];
type Activity = Exclude<InputOf<"presence.report">["activity"], "left">;

/** Says that one is at a ticket for as long as this is shown, and who else is. */
export function usePresence(ticketId: string, activity: Activity = "looking"): readonly Present[] {
  const { client } = useProvided();
  const [others, setOthers] = useState<readonly Present[]>([]);
  useEffect(() => {
    // Presence is no more than a courtesy: what fails is said again in a moment.
    const report = (now: Activity | "left") =>
      void client.api.presence.report.mutate({ ticketId, activity: now }).catch(() => {});
    report(activity);
    const timer = setInterval(() => report(activity), REPORT_EVERY_MS);
    return () => clearInterval(timer);
  }, [client, ticketId, activity]);
  useEffect(
    () => () => void client.api.presence.report.mutate({ ticketId, activity: "left" }).catch(() => {}),
    [client, ticketId],
  );
  useStream<MessageOf<"presence.onChange">>(
    {
      start: (listener) => client.api.presence.onChange.subscribe({ ticketId }, listener),
      onData: ({ data }) => setOthers(data),
    },
    [client, ticketId],
  );
  return others;
}
