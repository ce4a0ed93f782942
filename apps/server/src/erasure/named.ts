import { buffer } from "node:stream/consumers";
import {
  type Mentions,
  type MentioningRow,
  allowReading,
  digestOf,
  dropRawMails,
  emptyMails,
  forgetWords,
  findMailAfter,
  learnErased,
  listNamingScenarios,
  listWrittenInSessions,
  lockSessionsOn,
  mentionWindow,
  rewriteScenario,
  rewriteTicketTexts,
  wordWindow,
} from "@helpdesk/db";
import type { Scenario, Traces } from "@helpdesk/domain";
import { readMail } from "../mail-in/read.ts";
import { type Batch, type Step, firstId, removeFilesOf } from "./batch.ts";
import { deleteSessions } from "./own.ts";

type Unique = NonNullable<Mentions["unique"]>;

/** The longest that all of them may be. */
const MAX_UNIQUE = 64;
const SESSIONS = 20;
const SCENARIOS = 5;

/** Takes them out of the texts of a table's rows. What somebody changes meanwhile is looked at again. */
export const eraseMentions =
  ({ table, keys, texts, objects, unique, isOfThings, find, replace }: Mentions): Step =>
  async ({ unit, traces, count }, after) => {
    const page = (await find.first(unit, { after, clue: traces.clue, limit: mentionWindow }))!;
    const changed = page.rows.flatMap((row) => {
      const written: MentioningRow = { ...row, old: row };
      for (const column of texts) {
        const isTitle = isOfThings && column !== "description";
        const text = row[column];
        if (typeof text === "string") written[column] = isTitle ? traces.inTitle(text) : traces.inText(text);
      }
      for (const column of objects)
        written[column] = isOfThings ? traces.inTitles(row[column]) : traces.inValue(row[column]);
      if (unique) written[unique.column] = renamed(traces, row, unique, isOfThings);
      return JSON.stringify({ ...written, old: undefined }) === JSON.stringify(row) ? [] : [written];
    });
    if (changed.length > 0) {
      const { count: written } = (await replace.first(unit, { rows: JSON.stringify(changed) }))!;
      count(table, written);
      if (table === "tickets") {
        const ticketIds = JSON.stringify(changed.map((row) => row["id"]));
        await rewriteTicketTexts(unit, { ticketIds });
      }
      // Again from the same key: what was written is not found any more, what was not is.
      if (written < changed.length) return after ?? JSON.stringify(keys.map(() => null));
    }
    return page.size < mentionWindow ? null : page.last;
  };

/** Of two that named them each stays another. */
function renamed(
  traces: Traces,
  row: MentioningRow,
  { column, is, of }: Unique,
  isOfThings: boolean,
): string {
  const text = String(row[column]);
  const inName = isOfThings ? traces.inTitle(text) : traces.inText(text);
  const rest = is === "slug" ? traces.inSlug(text) : inName;
  if (rest === text) return text;
  const end = `${is === "slug" ? "-" : " "}${String(row[of]).slice(-6)}`;
  return rest.slice(0, MAX_UNIQUE - end.length) + end;
}

/** Mails by them, whole; of others that name them the raw mail, unless it still waits for somebody. */
export const eraseMails: Step = async (batch, after) => {
  const { unit, erasure, count } = batch;
  const { userId, email } = erasure;
  // One at a time: it may take long to be read.
  const mail = await findMailAfter.first(unit, { after: after ?? firstId, userId, email });
  if (!mail) return null;
  const mailIds = JSON.stringify([mail.id]);
  const what = mail.isTheirs ? "by them" : await lookInto(batch, mail.storageKey);
  const drop = what === "by them" ? emptyMails : dropRawMails;
  const gone = what === null ? [] : await drop(unit, { mailIds });
  count("inbound_mails", gone.length);
  await removeFilesOf(batch, gone);
  return mail.id;
};

/** What a raw mail is to them; one that nobody has looked into yet may be by them, whoever sent it on. */
async function lookInto(
  { unit, erasure, traces, files }: Batch,
  storageKey: string,
): Promise<"by them" | "naming them" | null> {
  // One whose file is gone already was at its end when a worker died.
  if (!(await files.has(storageKey))) return "naming them";
  await allowReading(unit);
  const raw = await buffer(await files.read(storageKey));
  const mail = await readMail(raw);
  if (mail?.authors.some(({ address }) => address === erasure.email)) return "by them";
  const isNamed =
    traces.isIn(raw.toString("utf8")) ||
    traces.isInValue({ ...mail, files: mail?.files.map(({ name }) => name) });
  return isNamed ? "naming them" : null;
}

/** Scenarios of the organization's own making get other texts, and so another digest: sessions on them cannot be proven any more. */
export const eraseScenarios: Step = async (batch, after) => {
  const { unit, traces, count } = batch;
  const found = await listNamingScenarios(unit, {
    after: after ?? firstId,
    clue: traces.clue,
    limit: SCENARIOS,
  });
  for (const { id, title, definition } of found) {
    const rest = traces.inValue(definition) as Scenario;
    const values = { title: traces.inText(title), definition: JSON.stringify(rest) };
    if (values.title === title && values.definition === JSON.stringify(definition)) continue;
    const scenarioIds = JSON.stringify([id]);
    const sessions = await lockSessionsOn(unit, { scenarioIds, sessionIds: "[]", limit: SESSIONS });
    await deleteSessions(batch, sessions);
    if (sessions.length > 0) return after ?? firstId;
    await rewriteScenario(unit, { id, ...values, definitionHash: digestOf(rest) });
    count("scenarios", 1);
  }
  return found.length < SCENARIOS ? null : found.at(-1)!.id;
};

/** Sessions in which others named them go whole. */
export const eraseSessions: Step = async (batch, after) => {
  const { unit, traces } = batch;
  const seen = await listWrittenInSessions(unit, {
    after: after ?? firstId,
    clue: traces.clue,
    limit: SESSIONS,
  });
  const naming = seen.filter(({ written }) => traces.isInValue(written)).map(({ id }) => id);
  const sessionIds = JSON.stringify(naming);
  await deleteSessions(batch, await lockSessionsOn(unit, { scenarioIds: "[]", sessionIds, limit: SESSIONS }));
  return seen.length < SESSIONS ? null : seen.at(-1)!.id;
};

/** Words that no text has any more are known no more. */
export const eraseWords: Step = async ({ unit, count }: Batch, after) => {
  const [afterWord, afterTextId] = after === null ? ["", firstId] : (JSON.parse(after) as [string, string]);
  const page = (await forgetWords.first(unit, { afterWord, afterTextId, limit: wordWindow }))!;
  count("known_words", page.forgotten);
  if (page.size < wordWindow) await learnErased(unit);
  return page.size < wordWindow ? null : JSON.stringify([page.lastWord, page.lastTextId]);
};
