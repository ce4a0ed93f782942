import { useHelpdesk, useLiveNotifications, useLiveView } from "@helpdesk/client/react";
import { useInfiniteQuery } from "@tanstack/react-query";

const viewId = "all_open";

export function TicketList({ onOpen }: { onOpen: (ticketId: string) => void }) {
  const helpdesk = useHelpdesk();
  const list = useInfiniteQuery(helpdesk.views.tickets.infiniteQueryOptions({ viewId, limit: 3 }));
  const live = useLiveView(viewId);
  const { unreadCount } = useLiveNotifications();
  return (
    <nav aria-label="Tickets" data-live={live}>
      <p>Unread: {unreadCount}</p>
      <ul>
        {list.data?.pages
          .flatMap(({ items }) => items)
          .map((ticket) => (
            <li key={ticket.id} data-ticket={ticket.id}>
              <button onClick={() => onOpen(ticket.id)}>
                #{ticket.number} {ticket.title}
              </button>{" "}
              <span data-testid="status">{ticket.status}</span>{" "}
              <span data-testid="priority">{ticket.priority}</span>
            </li>
          ))}
      </ul>
      {list.hasNextPage && <button onClick={() => void list.fetchNextPage()}>More</button>}
    </nav>
  );
}
