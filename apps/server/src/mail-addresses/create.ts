import { countMailAddresses, insertMailAddress, lockOrganization } from "@helpdesk/db";
import { departmentOf, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { MailAddressView } from "./routes.ts";
import { addressViews } from "./view.ts";

const MOST = 100;

/** Makes an address. @throws RefusalError `mail_address.taken`, `mail_address.limit_reached`, `department.not_found`. */
export const create = (
  ctx: Context,
  input: { localPart: string; departmentId: string | null },
): Promise<MailAddressView> =>
  ctx.transact(async (unit) => {
    if (input.departmentId !== null) departmentOf(ctx.desk, input.departmentId);
    await lockOrganization(unit);
    const { count } = (await countMailAddresses.first(unit))!;
    if (count >= MOST) refuse({ code: "mail_address.limit_reached", limit: MOST });
    const row = await insertMailAddress.first(unit, { ...input, id: ctx.newId(), at: ctx.now });
    return (await addressViews(ctx, unit))(row!);
  });
