/** One message of a stream of server-sent events. */
export interface StreamMessage {
  event: string;
  data: string;
  lastEventId: string;
}

/** Reads server-sent events from bytes as they come. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamMessage> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  let lastEventId = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).replaceAll("\r\n", "\n").split("\n\n");
      rest = blocks.pop()!;
      for (const block of blocks) {
        const message = messageOf(block, lastEventId);
        lastEventId = message.lastEventId;
        if (message.data !== null) yield { ...message, data: message.data };
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function messageOf(
  block: string,
  lastEventId: string,
): Omit<StreamMessage, "data"> & { data: string | null } {
  const message = { event: "message", data: null as string | null, lastEventId };
  for (const line of block.split("\n")) {
    const [, field, value] = /^([^:]+):? ?(.*)$/s.exec(line) ?? [];
    if (field === "event") message.event = value!;
    else if (field === "id") message.lastEventId = value!;
    else if (field === "data") message.data = message.data === null ? value! : `${message.data}\n${value}`;
  }
  return message;
}
