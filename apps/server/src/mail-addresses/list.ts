import { listMailAddresses } from "@helpdesk/db";
import type { Context } from "../context.ts";
import type { MailAddressView } from "./routes.ts";
import { addressViews } from "./view.ts";

/** The addresses at which the organization takes mail for new tickets, by name. */
export async function list(ctx: Context): Promise<MailAddressView[]> {
  const toView = await addressViews(ctx, ctx.read);
  return (await listMailAddresses(ctx.read)).map(toView);
}
