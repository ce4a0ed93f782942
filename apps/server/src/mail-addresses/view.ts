import { type MailAddressRow, type Reader, findMailRules } from "@helpdesk/db";
import type { Context } from "../context.ts";
import { MailAddresses } from "../mail/addresses.ts";
import type { MailAddressView } from "./routes.ts";

/** The way from rows to views: it knows the organization's domain. */
export async function addressViews(
  { request }: Context,
  via: Reader,
): Promise<(row: MailAddressRow) => MailAddressView> {
  const { slug } = (await findMailRules.first(via))!;
  const domain = new MailAddresses(request.resources.env).domainOf(slug);
  return (row) => ({ ...row, address: `${row.localPart}@${domain}` });
}
