import { createHmac, hkdfSync } from 'node:crypto';

/** Knows e-mail addresses by HMAC-SHA256 alone, under keys derived from the server's secret. */
export class EmailHash {
  readonly #key: Uint8Array;
  /** Tells two secrets apart without telling anything about them. */
  readonly secretCheck: Uint8Array;

  constructor(secret: Uint8Array) {
    this.#key = derive(secret, 'cartwright e-mail hash');
    this.secretCheck = derive(secret, 'cartwright key store check');
  }

  /** base64url; the same for spellings that differ in blanks around it, case or Unicode composition. */
  of(email: string): string {
    const address = email.trim().normalize('NFC').toLowerCase();
    return createHmac('sha256', this.#key).update(address).digest('base64url');
  }
}

const derive = (secret: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), purpose, 32));
