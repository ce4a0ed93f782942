import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

const network = (text: string): Network => ipaddr.parseCIDR(text);

/** What `ipaddr.js` takes for public and is not, or may lead elsewhere: relays, special purposes, documentation. */
const special: readonly Network[] = [
  "0.0.0.0/8",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
].map(network);

/** All that is given out to anybody; whatever else there is of IPv6 is special or nobody's. */
const global6 = network("2000::/3");

const isWithin = (address: Address, [base, bits]: Network): boolean =>
  address.kind() === base.kind() && address.match(base as never, bits);

/** Which addresses may be called: public ones, and those of networks that are allowed by hand. */
export class Networks {
  readonly #allowed: readonly Network[];

  /** @param allowed CIDR ranges. */
  constructor(allowed: readonly string[]) {
    this.#allowed = allowed.map(network);
  }

  mayReach(text: string): boolean {
    if (!ipaddr.isValid(text) || text.includes("%")) return false;
    const address = ipaddr.parse(text);
    return this.#allowed.some((each) => isWithin(address, each)) || isPublic(address);
  }
}

const isPublic = (address: Address): boolean =>
  address.range() === "unicast" &&
  (address.kind() === "ipv4" || isWithin(address, global6)) &&
  !special.some((each) => isWithin(address, each));
