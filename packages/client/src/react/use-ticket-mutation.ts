import { useMutation } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { TRPCClientError } from "@trpc/client";
import type { AppRouter, Refusal } from "../contract.ts";
import { newKey } from "../key.ts";
import { isRefusal } from "../refusal.ts";
import type { RefusalsOf } from "../types.ts";
import { type Act, type Pending, type Person, type Wanted, acts } from "./acts.ts";
import { SESSION_KEY, useProvided } from "./provider.ts";
import type { Me } from "./session.ts";
import type { Ticket, TicketHeader } from "./ticket-cache.ts";

/** Somebody else was first: what one wanted was not done. */
export interface TicketConflict<A extends Act> {
  wanted: Wanted[A];
  /** The version that it was wanted of. */
  seen: number;
  /** The ticket as it is now, with its version. */
  current: Ticket;
  /** Who changed it last, where that was somebody. */
  changedBy: Person | null;
  /** Wants the same of the ticket as it is now. */
  retry(): void;
  dismiss(): void;
}

export interface TicketMutation<A extends Act> {
  /** Shows the change at once and sends it; mutations of one ticket are sent one after the other. */
  mutate(wanted: Wanted[A]): void;
  isPending: boolean;
  /** What the last one was refused for; a version conflict is in `conflict`. */
  refusal: RefusalsOf<`tickets.${A}`> | null;
  /** Whatever else went wrong; `failureOf` tells what. */
  error: Error | null;
  conflict: TicketConflict<A> | null;
}

/** Changes a ticket ahead of the answer, wherever it is shown; a refusal takes the change back. */
export function useTicketMutation<A extends Act>(ticketId: string, act: A): TicketMutation<A> {
  const helpdesk = useProvided();
  const { client, queryClient, options, tickets } = helpdesk;
  const [conflict, setConflict] = useState<
    (Omit<TicketConflict<A>, "retry" | "dismiss"> & { ticketId: string }) | null
  >(null);
  const get = options.tickets.get.queryOptions({ ticketId });

  const mutation = useMutation<TicketHeader, TRPCClientError<AppRouter>, Pending<A>>({
    mutationKey: ["helpdesk", `tickets.${act}`],
    scope: { id: `helpdesk ticket ${ticketId}` },
    retry: false,
    mutationFn: ({ wanted, seen, commentId }) => {
      const { input, isVersioned } = acts[act];
      const call = client.api.tickets[act] as unknown as { mutate(input: unknown): Promise<TicketHeader> };
      return call.mutate({ ticketId, ...(isVersioned && { version: seen }), ...input(wanted, commentId) });
    },
    onMutate: async (pending) => {
      tickets.begin(pending);
      // What was asked before would come back without the wish, and older than the answer.
      await queryClient.cancelQueries({ queryKey: get.queryKey });
    },
    onSuccess: async (header, pending) => {
      tickets.answered(pending, header);
      const isText = act === "reply" || act === "addNote";
      // A text stays as it was written until the timeline has it.
      if (isText || !tickets.isFollowed(ticketId)) {
        const read = queryClient.invalidateQueries({ queryKey: get.queryKey });
        if (isText) await read;
      }
      tickets.end(pending);
    },
    onError: async (error, pending) => {
      tickets.end(pending);
      if (!isRefusal(error, "version.conflict"))
        return void queryClient.invalidateQueries({ queryKey: get.queryKey });
      const current = await queryClient.fetchQuery({ ...get, staleTime: 0 });
      const changedBy =
        current.timeline.findLast(({ changes }) => Object.keys(changes).length > 0)?.actor ?? null;
      setConflict({ ticketId, wanted: pending.wanted, seen: pending.seen, current, changedBy });
    },
  });

  const { mutate: send, error, isPending } = mutation;
  const mutate = useCallback(
    (wanted: Wanted[A]) => {
      setConflict(null);
      const me = queryClient.getQueryData<Me | null>(SESSION_KEY) ?? null;
      const commentId = newKey();
      const change = acts[act].change(wanted, me && { id: me.id, name: me.name }, commentId);
      send({ ticketId, act, wanted, seen: tickets.known(ticketId)?.version ?? 0, commentId, change });
    },
    [queryClient, tickets, send, ticketId, act],
  );

  const refusal = isRefusal(error) ? (error.data.refusal as Refusal) : null;
  return {
    mutate,
    isPending,
    refusal: (refusal?.code === "version.conflict" ? null : refusal) as RefusalsOf<`tickets.${A}`> | null,
    error: refusal ? null : error,
    conflict:
      conflict?.ticketId === ticketId
        ? { ...conflict, retry: () => mutate(conflict.wanted), dismiss: () => setConflict(null) }
        : null,
  };
}
