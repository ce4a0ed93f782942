import { lockMailAddress, updateMailAddress } from "@helpdesk/db";
import { departmentOf, expectVersion, refuse } from "@helpdesk/domain";
import type { Context } from "../context.ts";
import type { MailAddressView } from "./routes.ts";
import { addressViews } from "./view.ts";

interface Update {
  mailAddressId: string;
  version: number;
  departmentId?: string | null | undefined;
  isActive?: boolean | undefined;
}

/** Changes where an address leads, or switches it off; what is left out stays. @throws RefusalError as `mailAddresses.update` declares. */
export const update = (
  ctx: Context,
  { mailAddressId: id, version, ...input }: Update,
): Promise<MailAddressView> =>
  ctx.transact(async (unit) => {
    const row = (await lockMailAddress.first(unit, { id })) ?? refuse({ code: "mail_address.not_found" });
    expectVersion(row, version);
    const { departmentId = row.departmentId, isActive = row.isActive } = input;
    if (departmentId !== null && departmentId !== row.departmentId) departmentOf(ctx.desk, departmentId);
    const written = await updateMailAddress.first(unit, { id, departmentId, isActive, at: ctx.now });
    return (await addressViews(ctx, unit))(written!);
  });
