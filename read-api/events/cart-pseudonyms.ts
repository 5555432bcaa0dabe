import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Cipher, Decipher } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const UUID_HERE = new RegExp(UUID, 'y');
const WORD = /\w/;
const CART_STREAM = new RegExp(`^cart-(${UUID})$`);
const MOST_KNOWN = 4_096;
const CIPHER = 'aes-128-ecb';

/**
 * Other names for carts, as who knows a cart's id may change and buy it. An id is one block, so the cipher gives each one
 * pseudonym, always the same under one secret, and leads back from it to the id.
 */
export class CartPseudonyms {
  readonly #cipher: Cipher;
  readonly #decipher: Decipher;
  /** Of the carts that were named last: each is named by some ten events near each other. */
  readonly #known = new LRUCache<string, string>({ max: MOST_KNOWN });

  constructor(serverSecret: Uint8Array) {
    const key = new Uint8Array(hkdfSync('sha256', serverSecret, new Uint8Array(), 'cartwright cart pseudonyms', 16));
    this.#cipher = createCipheriv(CIPHER, key, null).setAutoPadding(false);
    this.#decipher = createDecipheriv(CIPHER, key, null).setAutoPadding(false);
  }

  /** The text with every id of a cart that is named in it replaced, wherever it stands. */
  hide(text: string): string {
    let hidden = text;
    for (const id of cartsNamedIn(text)) hidden = hidden.replaceAll(id, this.of(id));
    return hidden;
  }

  of(cartId: string): string {
    const known = this.#known.get(cartId);
    if (known !== undefined) return known;
    const pseudonym = through(this.#cipher, cartId);
    this.#known.set(cartId, pseudonym);
    return pseudonym;
  }

  /** The stream that a name with a pseudonym means; any other name is itself. */
  streamNamed(name: string): string {
    const pseudonym = CART_STREAM.exec(name)?.[1];
    return pseudonym === undefined ? name : `cart-${through(this.#decipher, pseudonym)}`;
  }
}

/** What stands before an id where a cart is named: in its stream, in what other events say of it, and in a list of carts. */
const STREAM = 'cart-';
const MEMBER = 'cartId":"';
const LIST = 'carts":["';
const NEXT_IN_LIST = '","';
const UUID_LENGTH = 36;

/** The ids after `cart-`, as a `cartId` and in `carts`. By hand, as a pattern for all takes several times as long. */
function cartsNamedIn(text: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let at = text.indexOf('cart'); at >= 0; at = text.indexOf('cart', at + 1)) {
    for (const start of namedAt(text, at)) ids.add(text.slice(start, start + UUID_LENGTH));
  }
  return ids;
}

/** Where ids begin, if carts are named here. */
function namedAt(text: string, at: number): readonly number[] {
  if (text.startsWith(STREAM, at)) {
    const start = at + STREAM.length;
    return !WORD.test(text.charAt(at - 1)) && isUuid(text, start) ? [start] : [];
  }
  if (text.charAt(at - 1) !== '"') return [];
  if (text.startsWith(MEMBER, at)) return isQuotedUuid(text, at + MEMBER.length) ? [at + MEMBER.length] : [];
  return text.startsWith(LIST, at) ? listedFrom(text, at + LIST.length) : [];
}

function listedFrom(text: string, first: number): readonly number[] {
  const starts: number[] = [];
  for (let start = first; isQuotedUuid(text, start); start += UUID_LENGTH + NEXT_IN_LIST.length) {
    starts.push(start);
    if (!text.startsWith(NEXT_IN_LIST, start + UUID_LENGTH)) break;
  }
  return starts;
}

const isQuotedUuid = (text: string, at: number): boolean => isUuid(text, at) && text.charAt(at + UUID_LENGTH) === '"';

function isUuid(text: string, at: number): boolean {
  UUID_HERE.lastIndex = at;
  return UUID_HERE.test(text);
}

function through(block: Cipher | Decipher, id: string): string {
  const hex = block.update(id.replaceAll('-', ''), 'hex', 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
