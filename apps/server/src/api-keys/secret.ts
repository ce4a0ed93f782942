import { createHash, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Runtime } from "../runtime.ts";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FORM = /^hdp_([0-9A-Za-z]{22})_([0-9A-Za-z]{10})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

function toBase62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) text = DIGITS[Number(rest % 62n)]! + text;
  return text;
}

const fromBase62 = (text: string): bigint =>
  Array.from(text).reduce((value, digit) => value * 62n + BigInt(DIGITS.indexOf(digit)), 0n);

const bitsOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString("hex")}`);

const checksum = (text: string): string => toBase62(BigInt(crc32(text)), 6);

const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");

/** The part of a key that may be shown, whole: what a key in a log or a vault begins with. */
export const shownPrefix = (organizationId: string, prefix: string): string =>
  `hdp_${toBase62(BigInt(`0x${organizationId.replaceAll("-", "")}`), 22)}_${prefix}`;

/** `hdp_ORGANIZATION_PREFIX_SECRET` with a checksum at its end, so that a mistyped one is known without looking it up. */
export function makeKey(
  runtime: Runtime,
  organizationId: string,
): { key: string; prefix: string; secretHash: string } {
  const prefix = toBase62(bitsOf(runtime.randomBytes(8)), 10);
  const secret = toBase62(bitsOf(runtime.randomBytes(32)), 43);
  const checked = `${shownPrefix(organizationId, prefix)}_${secret}`;
  const key = checked + checksum(checked);
  return { key, prefix, secretHash: hashOf(key) };
}

interface PresentedKey {
  organizationId: string;
  prefix: string;
  secretHash: string;
}

/** What a text says as a key, or null where it cannot be one of ours. */
export function readKey(text: string): PresentedKey | null {
  const [, organization, prefix] = FORM.exec(text) ?? [];
  if (!organization || !prefix || checksum(text.slice(0, -6)) !== text.slice(-6)) return null;
  const hex = fromBase62(organization).toString(16).padStart(32, "0");
  if (hex.length > 32) return null;
  const organizationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { organizationId, prefix, secretHash: hashOf(text) };
}

const NOBODYS = "0".repeat(64);

/** Takes as long whether there is such a key or not. */
export const isSameHash = (presented: string, stored: string | null): boolean =>
  timingSafeEqual(Buffer.from(presented), Buffer.from(stored ?? NOBODYS)) && stored !== null;
