import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** The layout of a wrapped key is version, IV, key, tag. */
const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const WRAPPED_BYTES = 1 + IV_BYTES + KEY_BYTES + TAG_BYTES;

/** A stored key was not wrapped by this installation's secret for this person. */
export class WrappedKeyBrokenError extends Error {
  constructor(personId: string, options?: ErrorOptions) {
    super(
      `the key of person ${personId} was damaged, moved from another person or wrapped by a later version`,
      options,
    );
    this.name = 'WrappedKeyBrokenError';
  }
}

/**
 * Wraps the keys of persons with a key that is derived from the server's secret, so that a copy of the key store alone opens
 * nothing. A wrapped key is bound to its person.
 */
export class KeyWrap {
  readonly #key: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'cartwright person key wrap', KEY_BYTES));
  }

  wrap(personId: string, key: Uint8Array): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, iv).setAAD(contextOf(personId));
    return Buffer.concat([Buffer.of(VERSION), iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  }

  /**
   * Unwraps a stored key; a plain key, as the first builds stored them, is returned as it is until it is wrapped.
   * @throws WrappedKeyBrokenError
   */
  unwrap(personId: string, stored: Uint8Array): Uint8Array {
    if (!isWrapped(stored)) return stored;
    if (stored.length !== WRAPPED_BYTES || stored[0] !== VERSION) throw new WrappedKeyBrokenError(personId);
    const tagAt = WRAPPED_BYTES - TAG_BYTES;
    const decipher = createDecipheriv(CIPHER, this.#key, stored.subarray(1, 1 + IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(contextOf(personId))
      .setAuthTag(stored.subarray(tagAt));
    try {
      return new Uint8Array(Buffer.concat([decipher.update(stored.subarray(1 + IV_BYTES, tagAt)), decipher.final()]));
    } catch (error) {
      throw new WrappedKeyBrokenError(personId, { cause: error });
    }
  }
}

export const isWrapped = (stored: Uint8Array): boolean => stored.length !== KEY_BYTES;

const contextOf = (personId: string): Buffer => Buffer.from(`person\n${personId}\n${VERSION}`);
