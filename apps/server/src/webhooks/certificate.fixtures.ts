import { generateKeyPairSync, sign } from "node:crypto";
import { instantNow } from "@helpdesk/testing/tenant-wall";

const tlv = (tag: number, ...parts: Buffer[]): Buffer => {
  const value = Buffer.concat(parts);
  const { length } = value;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), value]);
};
const sequence = (...parts: Buffer[]) => tlv(0x30, ...parts);
const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const oid = (text: string) => tlv(0x06, hex(text));
const utcTime = (at: Date) =>
  tlv(0x17, Buffer.from(`${at.toISOString().replaceAll(/\D/g, "").slice(2, 14)}Z`));

const ecdsaWithSha256 = sequence(oid("2a 86 48 ce 3d 04 03 02"));
const nameOf = (text: string) => sequence(tlv(0x31, sequence(oid("55 04 03"), tlv(0x0c, Buffer.from(text)))));
const extension = (id: string, ...value: Buffer[]) => sequence(oid(id), tlv(0x04, ...value));
const dns = (name: string) => tlv(0x82, Buffer.from(name));
const ip = (address: string) => tlv(0x87, Buffer.from(address.split(".").map(Number)));

const DAY_MS = 86_400_000;
const toPem = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;

/** A certificate for 127.0.0.1 and some names that vouches for itself, with its key: both PEM. */
export function makeCertificate(...names: string[]): { cert: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const nowMs = Date.parse(instantNow());
  const name = nameOf("Receiver of a test");
  const body = sequence(
    tlv(0xa0, hex("02 01 02")),
    hex("02 01 01"),
    ecdsaWithSha256,
    name,
    sequence(utcTime(new Date(nowMs - DAY_MS)), utcTime(new Date(nowMs + DAY_MS))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(
      0xa3,
      sequence(
        extension("55 1d 11", sequence(ip("127.0.0.1"), ip("127.0.0.2"), ...names.map(dns))),
        extension("55 1d 13", sequence(hex("01 01 ff"))),
      ),
    ),
  );
  const signature = sign("sha256", body, privateKey);
  const cert = sequence(body, ecdsaWithSha256, tlv(0x03, Buffer.from([0]), signature));
  return { cert: toPem(cert), key: privateKey.export({ type: "pkcs8", format: "pem" }) as string };
}
