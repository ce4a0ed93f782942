import {
  deleteMailTemplate,
  insertMailTemplate,
  lockMailTemplate,
  updateMailTemplate,
  type MailTemplateRow,
  type Unit,
} from "@helpdesk/db";
import { type MailTemplateKey, expectPlaceholders, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { MailWords } from "../mail/wordings.ts";
import { type MailTemplateView, toTemplate } from "./view.ts";

interface Named {
  key: MailTemplateKey;
  /** As it was read: 0 where it had words of its own. */
  version: number;
}

/** The row, locked; none where the organization has not changed the words. @throws RefusalError `version.conflict`. */
async function expectRead(unit: Unit, { key, version }: Named): Promise<MailTemplateRow | undefined> {
  const row = await lockMailTemplate.first(unit, { key });
  const is = row?.version ?? 0;
  return is === version ? row : refuse({ code: "version.conflict", version: is });
}

/** Changes what a mail says. @throws RefusalError `version.conflict`, `mail_template.placeholder_unknown`. */
export const setTemplate = (
  ctx: Context,
  { key, version, subject, body }: Named & MailWords,
): Promise<MailTemplateView> =>
  ctx.transact(async (unit) => {
    const row = await expectRead(unit, { key, version });
    expectPlaceholders(key, { subject, body });
    const values = { key, subject, body, at: ctx.now };
    const written = await (row ? updateMailTemplate : insertMailTemplate).first(unit, values);
    return toTemplate(key, written ?? refuse({ code: "version.conflict", version: 1 }));
  });

/** Lets a mail say again what it says by itself. @throws RefusalError `version.conflict`. */
export const resetTemplate = (ctx: Context, input: Named): Promise<MailTemplateView> =>
  ctx.transact(async (unit) => {
    await expectRead(unit, input);
    await deleteMailTemplate(unit, { key: input.key });
    return toTemplate(input.key, undefined);
  });
