import { createHmac, hkdfSync } from 'node:crypto';
import { normalEmail } from '../../domain/shared/index.js';

/** Knows e-mail addresses by HMAC-SHA256 alone, under keys derived from the server's secret. */
export class EmailHash {
  readonly #key: Uint8Array;
  /** Tells two secrets apart without telling anything about them. */
  readonly secretCheck: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#key = derive(secret, 'cartwright e-mail hash');
    this.secretCheck = derive(secret, 'cartwright key store check');
  }

  /** base64url; the same for all spellings of an address. */
  of(email: string): string {
    return createHmac('sha256', this.#key).update(normalEmail(email)).digest('base64url');
  }
}

const derive = (secret: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), purpose, 32));
