import { type NoteField, noteFields } from "./criterion.ts";
import type { Marked } from "./marks.ts";

/** Fewer different words say nothing. */
const NOTE_WORDS = 3;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];

/**
 * The fields that notes fill, each with the events that did: with three different words at least. One text fills one
 * field, the first of those that have it, in whatever order they were written.
 */
export function filledFields(log: readonly Marked[]): Map<NoteField, number[]> {
  const notes = log.flatMap(({ event }) => (event.kind === "note_written" ? [event] : []));
  const filled = new Map<NoteField, number[]>();
  const said = new Map<string, NoteField>();
  for (const field of noteFields) {
    for (const { fields, sequence } of notes) {
      const words = wordsOf(fields[field] ?? "");
      const text = words.join(" ");
      if (new Set(words).size < NOTE_WORDS || (said.get(text) ?? field) !== field) continue;
      said.set(text, field);
      filled.set(field, [...(filled.get(field) ?? []), sequence]);
    }
  }
  return filled;
}
