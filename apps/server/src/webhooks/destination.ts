import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { type UrlProblem, problemOfUrl } from "@helpdesk/domain";
import { Networks } from "./networks.ts";

/** The addresses of a host, empty where it has none. */
export type Resolve = (host: string) => Promise<string[]>;

/** Where a webhook leads, with the addresses that were looked at: a connection goes to these and to no other. */
export interface Destination {
  url: URL;
  /** A name, or an address without brackets. */
  host: string;
  addresses: readonly string[];
}

const LOOPBACK = ["127.0.0.1", "::1"];

/** Asks the name servers themselves: what the system has for names may hold up all that the process does with files. */
const byNameServers: Resolve = async (host) => {
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return found.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
};

/** Finds where webhooks lead, and refuses what is no public address. */
export class Destinations {
  readonly #networks: Networks;
  readonly #resolve: Resolve;

  constructor(allowedNetworks: readonly string[], resolve: Resolve = byNameServers) {
    this.#networks = new Networks(allowedNetworks);
    this.#resolve = resolve;
  }

  /** Looks anew each time: what a name stands for changes. One address that must not be reached is enough. */
  async find(text: string): Promise<Destination | { problem: UrlProblem }> {
    const url = new URL(text);
    const problem = problemOfUrl(url);
    if (problem) return { problem };
    const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.+$/, "");
    const addresses = await this.#addressesOf(host);
    if (addresses.length === 0) return { problem: "unresolvable" };
    if (!addresses.every((address) => this.#networks.mayReach(address))) return { problem: "private" };
    return { url, host, addresses };
  }

  async #addressesOf(host: string): Promise<readonly string[]> {
    if (isIP(host) !== 0) return [host];
    if (host === "localhost" || host.endsWith(".localhost")) return LOOPBACK;
    return this.#resolve(host);
  }
}
