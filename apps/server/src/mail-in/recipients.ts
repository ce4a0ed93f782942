import { type Sql, findMailRecipient, noOrganization, read } from "@helpdesk/db";
import type { Env } from "../env.ts";
import { MailAddresses } from "../mail/addresses.ts";

export interface Recipient {
  organizationId: string;
}

/** Who the addresses are for that mail is taken at. */
export class Recipients {
  readonly #addresses: MailAddresses;
  readonly #sql: Sql;

  constructor({ env, sql }: { env: Env; sql: Sql }) {
    this.#addresses = new MailAddresses(env);
    this.#sql = sql;
  }

  /** Null for what is no address of an organization, nor a reply address of its tickets. */
  async find(address: string): Promise<Recipient | null> {
    const parts = this.#addresses.split(address);
    if (!parts) return null;
    const row = await findMailRecipient.first(read(this.#sql, noOrganization), parts);
    if (!row) return null;
    // Whether the signature is right is for the worker to find out: a person may have to look at it.
    const isTaken = row.isAddress || this.#addresses.readAddress(address) !== null;
    return isTaken ? { organizationId: row.organizationId } : null;
  }
}
