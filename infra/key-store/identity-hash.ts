import { createHmac, hkdfSync } from 'node:crypto';
import { normalEmail } from '../shared/email-address.js';
import type { Identity } from './key-store.js';

/** A subject of this form counts as an e-mail address and is normalised; any other, such as `AbC@clients`, is compared as it is. */
const EMAIL = /@[^@.]+(?:\.[^@.]+)+$/;

/**
 * Hashes e-mail addresses, subjects of tokens and ids of promotions by HMAC-SHA256, with a key for each kind that is derived from the
 * server's secret.
 */
export class IdentityHash {
  readonly #keys: Readonly<Record<Identity, Uint8Array>>;
  /** Differs between secrets without revealing anything about them. */
  readonly secretCheck: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#keys = {
      email: derive(secret, 'cartwright e-mail hash'),
      subject: derive(secret, 'cartwright subject hash'),
      promotion: derive(secret, 'cartwright promotion hash'),
    };
    this.secretCheck = derive(secret, 'cartwright key store check');
  }

  /** Hashes an identity to base64url; all spellings of an address have the same hash. */
  of(text: string, identity: Identity): string {
    const normal = identity === 'email' || (identity === 'subject' && EMAIL.test(text)) ? normalEmail(text) : text;
    // In UTF-8 all lone surrogates are the same, and different subjects would have one hash.
    return createHmac('sha256', this.#keys[identity]).update(normal, 'utf16le').digest('base64url');
  }
}

const derive = (secret: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), purpose, 32));
