import { createHmac, hkdfSync } from 'node:crypto';
import { normalEmail } from '../shared/email-address.js';
import type { Identity } from './key-store.js';

/** A subject of this form is an e-mail address, the same in any spelling; any other, as `AbC@clients`, is compared as it is. */
const EMAIL = /@[^@.]+(?:\.[^@.]+)+$/;

/**
 * Knows e-mail addresses and subjects of tokens by HMAC-SHA256 alone, under a key for each of the two, derived from the
 * server's secret.
 */
export class IdentityHash {
  readonly #keys: Readonly<Record<Identity, Uint8Array>>;
  /** Tells two secrets apart without telling anything about them. */
  readonly secretCheck: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#keys = {
      email: derive(secret, 'cartwright e-mail hash'),
      subject: derive(secret, 'cartwright subject hash'),
    };
    this.secretCheck = derive(secret, 'cartwright key store check');
  }

  /** base64url; the same for all spellings of an address. */
  of(text: string, identity: Identity): string {
    const normal = identity === 'email' || EMAIL.test(text) ? normalEmail(text) : text;
    // UTF-8 would write every lone surrogate alike, and make two subjects one.
    return createHmac('sha256', this.#keys[identity]).update(normal, 'utf16le').digest('base64url');
  }
}

const derive = (secret: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), purpose, 32));
