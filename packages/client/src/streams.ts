import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import type { AppRouter } from "./contract.ts";
import { FetchEventSource } from "./fetch-event-source.ts";
import type { CallContext, EventSourceClass } from "./options.ts";
import type { Link } from "./types.ts";

interface Streaming {
  url: string;
  fetch: typeof globalThis.fetch;
  /** For calls with an access token. */
  links: Link[];
  /** In place of fetch. */
  EventSource: EventSourceClass | undefined;
}

/** Reads subscriptions, each on a connection of its own. */
export function streams({ url, fetch, links, EventSource }: Streaming): Link {
  if (!EventSource)
    return httpSubscriptionLink({
      url,
      EventSource: FetchEventSource,
      eventSourceOptions: ({ op }) => ({ fetch, accessToken: (op.context as CallContext).accessToken }),
    });
  const api = createTRPCClient<AppRouter>({ links });
  return httpSubscriptionLink({
    url,
    EventSource,
    // An EventSource sends no header of ours: a ticket that works once goes into the address, never a token.
    connectionParams: async () => ({ ticket: (await api.auth.streamTicket.mutate()).ticket }),
  });
}
