import { type WebhookEventKind, allKinds, eventKindMeanings, webhookEventKinds } from "@helpdesk/domain";

/** What a webhook can be told of. */
export const listEventKinds = (): { kind: WebhookEventKind; meaning: string }[] =>
  webhookEventKinds.map((kind) => ({
    kind,
    meaning: kind === allKinds ? "Every kind there is and will be." : eventKindMeanings[kind],
  }));
