import {
  type Ticket,
  useAttachmentUpload,
  useLiveTicket,
  usePresence,
  useTicketMutation,
} from "@helpdesk/client/react";
import { useState } from "react";

const priorities: Ticket["priority"][] = ["low", "medium", "high", "urgent"];

export function TicketPage({ ticketId }: { ticketId: string }) {
  const { data: ticket, live } = useLiveTicket(ticketId);
  const others = usePresence(ticketId);
  const setPriority = useTicketMutation(ticketId, "setPriority");
  const { conflict, refusal } = setPriority;
  if (!ticket) return <p>…</p>;
  return (
    <article data-live={live} data-ticket={ticketId}>
      <h1>{ticket.title}</h1>
      <p>
        <span data-testid="status">{ticket.status}</span>{" "}
        <span data-testid="priority">{ticket.priority}</span>{" "}
        <span data-testid="version">{ticket.version}</span>{" "}
        <span data-testid="tags">{ticket.tags.join(", ")}</span>
      </p>
      <p data-testid="others">{others.map(({ name, activity }) => `${name} is ${activity}`).join(", ")}</p>
      {priorities.map((priority) => (
        <button key={priority} onClick={() => setPriority.mutate({ priority })}>
          Set {priority}
        </button>
      ))}
      {refusal && <p role="alert">{refusal.code}</p>}
      {conflict && (
        <div role="alertdialog">
          {conflict.changedBy?.name ?? "Somebody"} changed it: it is {conflict.current.priority} at version{" "}
          {conflict.current.version}, you saw version {conflict.seen} and wanted {conflict.wanted.priority}.
          <button onClick={conflict.retry}>Do it anyway</button>
          <button onClick={conflict.dismiss}>Leave it</button>
        </div>
      )}
      <ol aria-label="Timeline">
        {ticket.timeline.map(({ id, kind, actor, comment, attachments }) => (
          <li key={id} data-kind={kind}>
            {actor?.name} {kind}
            {/* The server made it safe to show. */}
            {comment && <div dangerouslySetInnerHTML={{ __html: comment.html }} />}
            {attachments.map(({ id, name }) => (
              <em key={id}>{name}</em>
            ))}
          </li>
        ))}
      </ol>
      <Reply ticketId={ticketId} />
    </article>
  );
}

function Reply({ ticketId }: { ticketId: string }) {
  const reply = useTicketMutation(ticketId, "reply");
  const { upload, progress, error } = useAttachmentUpload();
  const [files, setFiles] = useState<{ id: string; name: string }[]>([]);
  const send = (form: FormData) => {
    reply.mutate({ body: form.get("body") as string, attachmentIds: files.map(({ id }) => id) });
    setFiles([]);
  };
  const attach = async (file: File | undefined) => {
    const taken = file && (await upload(file, { ticketId }));
    if (taken) setFiles((known) => [...known, { id: taken.id, name: taken.name }]);
  };
  return (
    <form action={send} aria-label="Reply">
      <textarea name="body" required />
      <input type="file" onChange={({ target }) => void attach(target.files?.[0])} />
      {progress?.totalBytes != null && <progress value={progress.sentBytes} max={progress.totalBytes} />}
      <span data-testid="files">{files.map(({ name }) => name).join(", ")}</span>
      {error && <p role="alert">{error.message}</p>}
      <button>Reply</button>
    </form>
  );
}
