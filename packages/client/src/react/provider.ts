import { type Mutation, type Query, type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { QueryClient as NewQueryClient } from "@tanstack/react-query";
import {
  type ReactElement,
  type ReactNode,
  createContext,
  createElement,
  useContext,
  useEffect,
  useState,
} from "react";
import type { HelpdeskClient } from "../client.ts";
import { isRefusal } from "../refusal.ts";
import { type HelpdeskOptions, helpdeskOptions } from "./options.ts";
import { TicketCaches } from "./tickets.ts";

export interface Helpdesk {
  client: HelpdeskClient;
  queryClient: QueryClient;
  options: HelpdeskOptions;
  tickets: TicketCaches;
}

const HelpdeskContext = createContext<Helpdesk | null>(null);

export const SESSION_KEY = ["helpdesk.session"] as const;

/** Nobody is signed in any more: what was read as somebody is forgotten. */
export function forgetSession({ queryClient }: Pick<Helpdesk, "queryClient">): void {
  queryClient.setQueryData(SESSION_KEY, null);
  queryClient.removeQueries({ queryKey: ["helpdesk"] });
}

function helpdeskOf(client: HelpdeskClient, queryClient: QueryClient): Helpdesk {
  const options = helpdeskOptions(client.api);
  return { client, queryClient, options, tickets: new TicketCaches(queryClient, options) };
}

/** Both stay the same for as long as it is shown: make them outside of components. */
export interface HelpdeskProviderProps {
  client: HelpdeskClient;
  queryClient?: QueryClient;
  children?: ReactNode;
}

/** Gives everything below the client and a cache. */
export function HelpdeskProvider({ client, queryClient, children }: HelpdeskProviderProps): ReactElement {
  const [helpdesk] = useState(() => helpdeskOf(client, queryClient ?? new NewQueryClient()));
  useEffect(() => {
    const ended = (of: Query | Mutation): void => {
      if (isRefusal(of.state.error, "auth.required")) forgetSession(helpdesk);
    };
    const stops = [
      helpdesk.tickets.watch(),
      helpdesk.queryClient.getQueryCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error") ended(event.query);
      }),
      helpdesk.queryClient.getMutationCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error") ended(event.mutation);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [helpdesk]);
  return createElement(
    HelpdeskContext.Provider,
    { value: helpdesk },
    createElement(QueryClientProvider, { client: helpdesk.queryClient }, children),
  );
}

export function useProvided(): Helpdesk {
  const helpdesk = useContext(HelpdeskContext);
  if (!helpdesk) throw new TypeError("There is no <HelpdeskProvider> around this.");
  return helpdesk;
}

/** TanStack Query's options for every procedure: `useQuery(helpdesk.tickets.get.queryOptions({ ticketId }))`. */
export const useHelpdesk = (): HelpdeskOptions => useProvided().options;

export const useHelpdeskClient = (): HelpdeskClient => useProvided().client;
