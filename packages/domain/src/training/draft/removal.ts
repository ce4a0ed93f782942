/** What a draft never keeps of a ticket, with what its placeholder calls it. */
export const removalNames = {
  person: "person",
  organization: "organization",
  signature: "signature",
  email: "e-mail address",
  phone: "phone number",
  iban: "bank account",
  card: "card number",
  account: "number",
  ip_address: "IP address",
  mac_address: "MAC address",
  url: "link",
  key: "key",
  password: "password",
  one_time_code: "code",
  security_answer: "security answer",
  identifier: "identifier",
  address: "postal address",
  birth_date: "date of birth",
} as const;

export type RemovalKind = keyof typeof removalNames;

export const removalKinds = Object.keys(removalNames) as [RemovalKind, ...RemovalKind[]];

/** Where a text of a ticket stands; comments are counted from 1. */
export type Place = "title" | "description" | { comment: number } | { article: number } | "department";

/** What was removed, never the thing itself. */
export interface Removal {
  kind: RemovalKind;
  /** What stands in its place everywhere; a signature has none. */
  placeholder: string | null;
  count: number;
  places: Place[];
}

/** Something in a text that must not stay: from `start` to `end`. What is the same has the same `identity`. */
export interface Finding {
  kind: RemovalKind;
  start: number;
  end: number;
  identity: string;
}
