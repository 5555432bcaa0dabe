import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** PEM texts of a certificate that is its own authority, for `localhost` and 127.0.0.1. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const TAG = { boolean: 1, integer: 2, bits: 3, octets: 4, oid: 6, utf8: 12, time: 24, sequence: 0x30, set: 0x31 };
const HOUR_MS = 3_600_000;

/** Node makes no certificates: this one is put together as RFC 5280 says, in DER. */
export function selfSignedCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const name = sequence(der(TAG.set, sequence(oid('550403'), der(TAG.utf8, Buffer.from('Cartwright spec')))));
  const validity = sequence(time(Date.now() - HOUR_MS), time(Date.now() + 24 * HOUR_MS));
  const yes = der(TAG.boolean, Buffer.of(0xff));
  const isAuthority = sequence(oid('551d13'), yes, der(TAG.octets, sequence(yes)));
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.of(127, 0, 0, 1)));
  const extensions = der(0xa3, sequence(isAuthority, sequence(oid('551d11'), der(TAG.octets, names))));
  const toSign = sequence(
    der(0xa0, der(TAG.integer, Buffer.of(2))),
    der(TAG.integer, Buffer.of(1), randomBytes(15)),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  );
  const signature = der(TAG.bits, Buffer.of(0), sign('sha256', toSign, privateKey));
  return {
    cert: pem('CERTIFICATE', sequence(toSign, ecdsaWithSha256, signature)),
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  return Buffer.concat([Buffer.of(tag, 0x82, length >> 8, length & 0xff), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(TAG.sequence, ...parts);

const oid = (hex: string): Buffer => der(TAG.oid, Buffer.from(hex, 'hex'));

const time = (at: number): Buffer => der(TAG.time, Buffer.from(new Date(at).toISOString().replace(/\.\d+|[-:T]/g, '')));

const pem = (label: string, content: Buffer): string =>
  `-----BEGIN ${label}-----\n${content.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
