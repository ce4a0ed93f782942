import { type Unit, appendAudit } from "@helpdesk/db";
import { z } from "zod";
import type { Context } from "../context.ts";

interface AuditedCall {
  path: string;
  type: string;
  getRawInput(): Promise<unknown>;
}

/** Writes the line of a call into the audit log. It comes last in the transaction that does what the call is for. */
export type Trail = (unit: Unit, answer: unknown) => Promise<void>;

/** Changes of people, rights and settings, by whomever. */
const audited =
  /^(apiKeys|departments|exports|erasures|fields|imports|inboundMails|mailAddresses|mailTemplates|mails|organization|retention|roles|sla|statuses|users|webhooks)\./;
/** What readers of the knowledge base may read. */
const auditedArticles = /^kbArticles\.(archive|publish|restoreFromArchive|setVisibility|unpublish)$/;
const ownAffairs: readonly string[] = ["users.setAvailability", "users.updateProfile"];

/** The trail of a call that is to leave one: of each mutation by an API key, and of each of people, rights and settings. */
export function trailOf({ actor, now, newId }: Context, call: AuditedCall): Trail | null {
  if (call.type !== "mutation") return null;
  const isAudited =
    (audited.test(call.path) || auditedArticles.test(call.path)) && !ownAffairs.includes(call.path);
  const { userId, via } = actor;
  if (!via && !isAudited) return null;
  return async (unit, answer) =>
    appendAudit(unit, {
      id: newId(),
      at: now,
      procedure: call.path,
      actorId: via?.ownerId ?? userId,
      apiKeyId: via?.apiKeyId ?? null,
      onBehalfOfId: via && via.ownerId !== userId ? userId : null,
      data: told(await call.getRawInput(), answer),
    });
}

/** The context of a call outside a shared transaction: the first of its transactions that commits writes the trail. */
export function leaving(ctx: Context, trail: Trail | null): Context {
  if (!trail) return ctx;
  let isLeft = false;
  const transact: Context["transact"] = async (work) => {
    const answer = await ctx.transact(async (unit) => {
      const answer = await work(unit);
      if (!isLeft) await trail(unit, answer);
      return answer;
    });
    isLeft = true;
    return answer;
  };
  return { ...ctx, transact };
}

const MAX_IDS = 100;
const idSchema = z.uuid();
const isId = (value: unknown): value is string => idSchema.safeParse(value).success;

/** Words of rights; never anything that people write. */
const rights: readonly string[] = ["roleKey", "scopes", "permissions"];

type Named = Record<string, unknown>;

const isNamed = (value: unknown): value is Named =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What of a call the log keeps: ids and rights of its input; of what it answered with its id, and that of its owner. */
function told(input: unknown, answer: unknown): Named {
  const kept = isNamed(input) ? keptOf(input, true) : {};
  const { id, owner } = isNamed(answer) ? answer : {};
  if (isId(id)) kept["id"] = id;
  if (isNamed(owner) && isId(owner["id"])) kept["ownerId"] = owner["id"];
  return kept;
}

/** Ids and rights by the names they have, those of what stands in it too. */
function keptOf(input: Named, isWhole: boolean): Named {
  const kept: Named = {};
  for (const [name, value] of Object.entries(input)) {
    if (isId(value) || rights.includes(name)) kept[name] = value;
    else if (Array.isArray(value) && value.length > 0 && value.every(isId))
      kept[name] = value.slice(0, MAX_IDS);
    else if (isWhole && isNamed(value)) {
      const within = keptOf(value, false);
      if (Object.keys(within).length > 0) kept[name] = within;
    }
  }
  return kept;
}
