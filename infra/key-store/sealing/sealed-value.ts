import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/** A sealed field of the log: base64url of IV (12 bytes), ciphertext and tag (16 bytes) of AES-256-GCM. */
export interface SealedValue {
  readonly sealed: string;
  readonly v: 1;
}

/** The place of a sealed value; it is authenticated, so that a value cannot be moved to another event or field. */
export interface Place {
  readonly eventId: string;
  readonly field: string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals a text. The IV is synthetic, derived from key, place and text, so that a repeated event is equal to the byte, and no IV is
 * used for two texts, even if a caller used an id twice.
 */
export function seal(key: Uint8Array, place: Place, text: string): string {
  const context = contextOf(place);
  const iv = createHmac('sha256', key).update(`iv\n${context}\n${text}`).digest().subarray(0, IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return sealed.toString('base64url');
}

/** @throws SealBrokenError the sealed text was changed, moved or sealed with another key */
export function unseal(key: Uint8Array, place: Place, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new SealBrokenError(place);
  const tagAt = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(contextOf(place)))
    .setAuthTag(bytes.subarray(tagAt));
  try {
    return decipher.update(bytes.subarray(IV_BYTES, tagAt), undefined, 'utf8') + decipher.final('utf8');
  } catch (error) {
    throw new SealBrokenError(place, { cause: error });
  }
}

export const isSealed = (value: unknown): value is SealedValue =>
  typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string' && 'v' in value;

/** A sealed value in the log is not the one that was recorded there. */
export class SealBrokenError extends Error {
  constructor({ eventId, field }: Place, options?: ErrorOptions) {
    super(`the sealed field ${field} of event ${eventId} was tampered with or sealed with another key`, options);
    this.name = 'SealBrokenError';
  }
}

const contextOf = ({ eventId, field }: Place): string => `${eventId}\n${field}`;
