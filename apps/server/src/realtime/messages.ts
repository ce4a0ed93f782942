import { isTrackedEnvelope, type TrackedEnvelope } from "@trpc/server";
import { z } from "zod";

/** A stream of messages as a procedure declares it: each is checked as it goes out, and has the id to resume after. */
export const messagesOf = <Message extends z.ZodType>(message: Message) =>
  z
    .custom<AsyncIterable<TrackedEnvelope<z.output<Message>>>>(
      (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value,
    )
    .transform((messages) => checked(message, messages))
    .meta({ messages: z.toJSONSchema(message, { io: "output", unrepresentable: "any" }) });

async function* checked<Message extends z.ZodType>(
  schema: Message,
  messages: AsyncIterable<TrackedEnvelope<z.output<Message>>>,
): AsyncGenerator<TrackedEnvelope<z.output<Message>>, void> {
  for await (const message of messages) {
    if (!isTrackedEnvelope(message)) throw new Error("A message has no id.");
    schema.parse(message[1]);
    yield message;
  }
}
