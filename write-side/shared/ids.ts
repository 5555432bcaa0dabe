import { createHmac } from 'node:crypto';
import { deriveId } from '../../domain/shared/index.js';

/** Crockford's base 32: no I, L, O, U, so that a number can be read out and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DIGITS = 12;
const NAMESPACE = '0f6f2f44-5b0c-5c1e-9d5e-3c1a0c0f7f10';

/** What an Idempotency-Key is scoped to. */
export interface KeyScope {
  readonly method: string;
  /** The pattern of the route: an address may spell the same path in several ways. */
  readonly route: string;
  /** What stands in the path for the pattern's names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly principal: string;
  readonly key: string;
}

/** The command id of a client's key: the same request gets the same, nobody else's does. */
export const commandIdOf = ({ method, route, params, principal, key }: KeyScope): string =>
  deriveId(NAMESPACE, JSON.stringify([method, route, Object.entries(params), principal, key]));

/** Id of what follows from a delivery that may come again, such as a webhook's. */
export const commandIdOfDelivery = (source: string, id: string): string =>
  deriveId(NAMESPACE, JSON.stringify([source, id]));

/** An id that follows from the command and cannot be guessed without the server's secret; a UUID (version 8). */
export function secretId(secret: Buffer, commandId: string, name: string): string {
  const bytes = createHmac('sha256', secret).update(`${name}:${commandId}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The number of the order that a checkout opens: 60 bits and a check character, as `9F3K-7Q2M-XD40-T`. */
export function orderNumberOf(secret: Buffer, commandId: string): string {
  const bytes = createHmac('sha256', secret).update(`order-number:${commandId}`).digest();
  let digits = '';
  for (let i = 0; i < DIGITS; i++) digits += ALPHABET[(bytes[i] ?? 0) & 31];
  return `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}-${checkCharacter(digits)}`;
}

/** The order's id follows from its number, so that opening the stream claims the number. */
export const orderIdOf = (secret: Buffer, orderNumber: string): string => secretId(secret, orderNumber, 'order');

/** Luhn's sum to base 32: notices any one wrong character and almost any two swapped ones. */
export function checkCharacter(digits: string): string {
  let sum = 0;
  let double = true;
  for (let i = digits.length - 1; i >= 0; i--) {
    const value = ALPHABET.indexOf(digits[i] ?? '') * (double ? 2 : 1);
    sum += Math.floor(value / 32) + (value % 32);
    double = !double;
  }
  return ALPHABET[(32 - (sum % 32)) % 32] ?? '';
}
