import { priorities, sources, tagPattern } from "@helpdesk/domain";
import { z } from "zod";

/** NUL cannot be stored, and a lone surrogate is no character. */
const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

/** A text that can be stored and has at most `max` characters. */
export const safeText = (max: number) =>
  z.string().max(max).refine(isStorable, "contains characters that are not text");

/** A text with something in it besides blanks, trimmed. */
export const requiredText = (max: number) => safeText(max).trim().min(1);

/** A text of one line, trimmed: titles and names stand in lists, mails and files. */
export const lineText = (max: number) =>
  requiredText(max).refine((text) => !/\p{Cc}/u.test(text), "must be one line without control characters");

/** Ids are compared as texts, so there is one way to write them. */
export const idSchema = z.uuid().toLowerCase();
export const versionSchema = z.int().min(1).max(2_147_483_647);
export const instantSchema = z.iso.datetime({ precision: 3 });
export const prioritySchema = z.enum(priorities);
export const sourceSchema = z.enum(sources);

export const colorSchema = safeText(7).regex(/^#[0-9a-f]{6}$/);

/** Compared in lower case. */
export const tagName = requiredText(64).regex(tagPattern).normalize("NFC").toLowerCase().max(64);

/** How a list is paged: at most `limit` items, from where the last page's `nextCursor` points. */
export const pageInput = {
  limit: z.int().min(1).max(100).default(50),
  cursor: safeText(500).nullish(),
};

export const personSchema = z.object({ id: idSchema, name: z.string() });

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
