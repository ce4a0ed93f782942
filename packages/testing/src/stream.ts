/** One server-sent event, as it came. */
export interface ServerEvent {
  event: string;
  id: string | null;
  data: unknown;
}

export interface StreamCall {
  path: string;
  input?: unknown;
  accessToken?: string | null;
  lastEventId?: string;
  /** Ends the stream from this side. */
  signal?: AbortSignal;
}

/** The events of a subscription over plain HTTP, without tRPC's pings: no client, no types. */
export async function* stream(
  url: string,
  { path, input = {}, accessToken, lastEventId, signal }: StreamCall,
): AsyncGenerator<ServerEvent, void> {
  const response = await fetch(`${url}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers: {
      accept: "text/event-stream",
      ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
      ...(lastEventId ? { "last-event-id": lastEventId } : {}),
    },
    ...(signal ? { signal } : {}),
  });
  if (!response.body || !response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  yield* eventsOf(response.body);
}

/** The events of a body, without pings; whoever stops reading ends it. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\n\n+/);
    rest = blocks.pop()!;
    for (const block of blocks) {
      const event = parse(block);
      if (event && event.event !== "ping") yield event;
    }
  }
}

function parse(block: string): ServerEvent | null {
  const fields = new Map(
    block.split("\n").flatMap((line) => {
      const at = line.indexOf(":");
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1).trimStart()]] : [];
    }),
  );
  const data = fields.get("data");
  if (data === undefined && !fields.has("event")) return null;
  return {
    event: fields.get("event") ?? "message",
    id: fields.get("id") ?? null,
    data: data ? (JSON.parse(data) as unknown) : null,
  };
}
