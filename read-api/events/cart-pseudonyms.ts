import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Cipher, Decipher } from 'node:crypto';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const CART_ID = new RegExp(`"cartId":"(${UUID})"|\\bcart-(${UUID})`, 'g');
const CART_STREAM = new RegExp(`^cart-(${UUID})$`);
const CIPHER = 'aes-128-ecb';

/**
 * Other names for carts, as who knows a cart's id may change and buy it. An id is one block, so the cipher gives each one
 * pseudonym, always the same under one secret, and leads back from it to the id.
 */
export class CartPseudonyms {
  readonly #cipher: Cipher;
  readonly #decipher: Decipher;

  constructor(serverSecret: Uint8Array) {
    const key = new Uint8Array(hkdfSync('sha256', serverSecret, new Uint8Array(), 'cartwright cart pseudonyms', 16));
    this.#cipher = createCipheriv(CIPHER, key, null).setAutoPadding(false);
    this.#decipher = createDecipheriv(CIPHER, key, null).setAutoPadding(false);
  }

  /** The text with every id of a cart that is named in it replaced, wherever it stands. */
  hide(text: string): string {
    let hidden = text;
    const ids = new Set<string>();
    for (const [, member, stream] of text.matchAll(CART_ID)) ids.add(member ?? stream ?? '');
    for (const id of ids) hidden = hidden.replaceAll(id, this.of(id));
    return hidden;
  }

  of(cartId: string): string {
    return through(this.#cipher, cartId);
  }

  /** The stream that a name with a pseudonym means; any other name is itself. */
  streamNamed(name: string): string {
    const pseudonym = CART_STREAM.exec(name)?.[1];
    return pseudonym === undefined ? name : `cart-${through(this.#decipher, pseudonym)}`;
  }
}

function through(block: Cipher | Decipher, id: string): string {
  const hex = block.update(id.replaceAll('-', ''), 'hex', 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
