import type { Scenario } from "../scenario.ts";
import type { SessionEvent } from "../session-log.ts";

/** What was said or done at a place of the log, as the trainee saw it. */
export interface Evidence {
  sequence: number;
  kind: SessionEvent["kind"];
  text: string;
}

export const evidenceOf = (scenario: Scenario, event: SessionEvent): Evidence => ({
  sequence: event.sequence,
  kind: event.kind,
  text: textOf(scenario, event),
});

function textOf({ tools, knowledge, rootCause, hints }: Scenario, event: SessionEvent): string {
  switch (event.kind) {
    case "trainee_said":
    case "customer_said":
      return event.text;
    case "tool_used":
      return `${tools[event.tool]?.name ?? event.tool}${event.isDone ? "" : " (it did not work)"}`;
    case "article_opened":
      return knowledge.find(({ id }) => id === event.article)?.title ?? event.article;
    case "hint_taken":
      return hints[event.level];
    case "note_written":
      return Object.entries(event.fields)
        .map(([field, text]) => `${field.replaceAll("_", " ")}: ${text}`)
        .join("\n");
    case "root_cause_picked":
      return rootCause.options[event.option] ?? event.option;
    case "escalated":
    case "refused":
      return event.reason;
    default:
      return "";
  }
}
