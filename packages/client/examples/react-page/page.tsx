import { HelpdeskProvider, createHelpdeskClient, useSession, webTokenStore } from "@helpdesk/client/react";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { SignIn } from "./sign-in.tsx";
import { TicketList } from "./ticket-list.tsx";
import { TicketPage } from "./ticket-page.tsx";

const url = new URLSearchParams(location.search).get("api") ?? "http://127.0.0.1:4000";
const client = createHelpdeskClient({ url, tokens: webTokenStore(localStorage) });

function Desk() {
  const { me, signOut } = useSession();
  const [ticketId, setTicketId] = useState<string>();
  if (me === undefined) return <p>…</p>;
  if (me === null) return <SignIn />;
  return (
    <>
      <header>
        <span data-testid="me">{me.name}</span> <button onClick={() => void signOut()}>Sign out</button>
      </header>
      <TicketList onOpen={setTicketId} />
      {ticketId && <TicketPage key={ticketId} ticketId={ticketId} />}
    </>
  );
}

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <HelpdeskProvider client={client}>
      <Desk />
    </HelpdeskProvider>
  </StrictMode>,
);
