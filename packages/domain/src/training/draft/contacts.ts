import type { Finding, RemovalKind } from "./removal.ts";

const DOT = String.raw`\s?(?:\.|\(dot\)|\[dot\]|\bdot\b)\s?`;
const AT = String.raw`\s?(?:@|\(at\)|\[at\])\s?`;
const LABEL = String.raw`[\p{L}\p{N}-]+`;
const LOCAL = String.raw`(?<![\p{L}\p{N}.+_-])(?:[\p{L}\p{N}+_-]+[._-]\n)?(?:[\p{L}\p{N}+_-]+\s(?:dot|\(dot\))\s){0,3}[\p{L}\p{N}.+_-]+`;
const EMAIL = new RegExp(
  [
    // A domain may be broken over two lines.
    String.raw`${LOCAL}${AT}${LABEL}(?:\n${LABEL})?(?:${DOT}${LABEL})+`,
    String.raw`${LOCAL}\s+at\s+${LABEL}(?:${DOT}${LABEL})*?${DOT}(?:com|net|org|io|de|uk|eu|example|test)\b`,
    String.raw`${LOCAL}@${LABEL}`,
  ].join("|"),
  "giu",
);
export const emails = (text: string): Finding[] =>
  found("email", text, EMAIL, (word) => word.replaceAll(/[\s()[\]]/g, ""));

const TOP =
  "com|net|org|edu|gov|io|dev|app|cloud|info|biz|eu|de|at|ch|fr|es|it|nl|uk|us|ca|au|jp|local|lan|internal|corp|intranet|example|test";
/** What ends a sentence is no part of an address. */
const IN_URL = String.raw`[^\s<>"]*[^\s<>".,;:!?)]`;
const URL = new RegExp(
  String.raw`\b(?:[a-z][a-z0-9+.-]{1,15}:\/\/${IN_URL}|www\.${IN_URL}|(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+(?:${TOP})\b(?::\d+)?(?:\/(?:${IN_URL})?)?)|(?<![\w:\\])\\{1,2}[\w.-]+\\${IN_URL}`,
  "gi",
);
/** Addresses of the web and of shares, whole: a path says as much as a token. */
export const urls = (text: string): Finding[] => [
  ...found("url", text, URL, (word) => word),
  ...found("url", text, new RegExp(IN_URL, "g"), (word) => word).filter(({ identity }) =>
    TOKEN.test(identity),
  ),
];
const TOKEN = /[?&](?:token|key|code|auth|sig|session|sid|pass\w*|t)=./i;

const PAIR = "[0-9a-f]{2}";
const MAC = new RegExp(
  String.raw`\b(?:${PAIR}(?:\s?[:-]\s?${PAIR}){5}|(?=[\d.]*[a-f])${PAIR}${PAIR}(?:\.${PAIR}${PAIR}){2})\b`,
  "gi",
);
export const macAddresses = (text: string): Finding[] =>
  found("mac_address", text, MAC, (word) => word.replaceAll(/[^0-9a-f]/gi, ""));

const BYTE = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const IPV4 = String.raw`(?<![\d.])${BYTE}(?:\s?\.\s?${BYTE}){3}(?![\d])(?:\/\d{1,2})?(?::\d{1,5})?`;
const GROUP = "[0-9a-f]{1,4}";
const IPV6 = String.raw`(?<![\w:])(?:(?:${GROUP}:){7}${GROUP}|(?:${GROUP}(?::${GROUP}){0,6})?::(?:${GROUP}(?::${GROUP}){0,6})?)(?:%\w+)?(?![\w:])`;
export const ipAddresses = (text: string): Finding[] =>
  found("ip_address", text, new RegExp(`${IPV4}|${IPV6}`, "gi"), (word) => word.replaceAll(/\s/g, "")).filter(
    ({ identity }) => identity !== "::",
  );

const NAME_OF_STREET = String.raw`(?:\p{Lu}[\p{L}'.-]{0,40}\s){1,4}`;
const KIND_OF_STREET =
  "(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Square|Sq|Place|Pl|Terrace|Crescent|Close|Gardens|Highway|Hwy|Parkway)";
const GERMAN_STREET = String.raw`\p{Lu}[\p{L}-]{0,40}(?:straße|strasse|str\.|weg|platz|gasse|allee|ufer|damm)\s\d{1,4}\s?[a-z]?`;
const TOWN = String.raw`(?:,?\s(?:\p{Lu}[\p{L}'-]{1,40},?\s){0,3}(?:\b[A-Z]{2}\s)?\d{5}(?:-\d{4})?(?:\s\p{Lu}[\p{L}-]+)?)?`;
const POSTCODE = String.raw`(?:,?\s(?:\p{Lu}[\p{L}'-]{1,40},?\s){0,2}[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b)?`;
const ADDRESS = new RegExp(
  [
    String.raw`\b\d{1,5}[a-zA-Z]?,?\s${NAME_OF_STREET}${KIND_OF_STREET}\b\.?(?:,?\s(?:Apt|Apartment|Suite|Unit|Flat|Floor)\.?\s\w+)?${TOWN}${POSTCODE}`,
    String.raw`\b${GERMAN_STREET}${TOWN}`,
    String.raw`\b\d{1,4}(?:\s?bis)?,?\s(?:[Rr]ue|[Aa]venue|[Bb]oulevard|place|[Aa]llée|[Cc]hemin|[Qq]uai|[Vv]ia|[Cc]alle|[Pp]laza)\s[\p{L}'-]{1,40}(?:\s[\p{L}'-]{1,40}){0,4}${TOWN}`,
    String.raw`\b(?:Via|Viale|Corso|Piazza|Calle|Plaza|Avenida)\s(?:[\p{L}'-]{1,40},?\s){1,4}\d{1,4},?\s\d{5}\s\p{Lu}[\p{L}-]+`,
    String.raw`\bP\.?\s?O\.?\sBox\s\d+${TOWN}`,
    String.raw`\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b`,
  ].join("|"),
  "gu",
);
const LIVES =
  /\b(?:(?:home|postal|mailing|delivery|billing|private|my)\s+address\s*(?:is|:)|i\s+live\s+(?:at|in|on)|(?:ship|send|post|deliver)\s+it\s+to)\s+(?<value>[^!?\n]{4,120}?)(?=[.!?](?:\s|$)|\n|$)/dgi;
/** Where people live, as far as an address looks like one or is said to be one. */
export const addresses = (text: string): Finding[] => [
  ...Array.from(text.matchAll(LIVES), ({ groups, indices }) => {
    const [start, end] = indices!.groups!["value"]!;
    return { kind: "address" as const, start, end, identity: compact(groups!["value"]!) };
  }),
  ...found("address", text, ADDRESS, compact),
];

const compact = (words: string): string => words.toLowerCase().replaceAll(/[\s,.]/g, "");

const found = (
  kind: RemovalKind,
  text: string,
  pattern: RegExp,
  identityOf: (word: string) => string,
): Finding[] =>
  Array.from(text.matchAll(pattern), ({ 0: word, index }) => ({
    kind,
    start: index,
    end: index + word.length,
    identity: identityOf(word).toLowerCase(),
  }));
