import { createHmac } from 'node:crypto';

// The code of a gift card is money. It follows from the server's secret and a seed, and is recorded nowhere: a card's id is a keyed
// hash of its code, so that whoever has the code finds the card in one stream, and whoever reads the log finds no code.

/** Crockford's base 32 lacks I, L, O and U, so that a code can be read out and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DIGITS = 16;
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;
const ID_BYTES = 16;

/** Derives a code of 80 bits from a seed, as `7KQ2-M9XD-40F3-TB6Z`. */
export function giftCardCodeOf(secret: Buffer, seed: string): string {
  const bytes = createHmac('sha256', secret).update(`gift-card-code:${seed}`).digest();
  let digits = '';
  for (let i = 0; i < DIGITS; i++) digits += ALPHABET[(bytes[i] ?? 0) & 31];
  return `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8, 12)}-${digits.slice(12)}`;
}

/** Computes the id of the card that a code opens, 128 bits in hex; null where the text can be no code. */
export function giftCardIdOf(secret: Buffer, text: string): string | null {
  const code = normalCode(text);
  if (!CODE.test(code)) return null;
  const bytes = createHmac('sha256', secret).update(`gift-card-id:${code}`).digest();
  return bytes.subarray(0, ID_BYTES).toString('hex');
}

/** Derives the code that a seed stands for, with the id of its card. */
export function giftCardOf(secret: Buffer, seed: string): { readonly code: string; readonly giftCardId: string } {
  const code = giftCardCodeOf(secret, seed);
  const giftCardId = giftCardIdOf(secret, code);
  if (giftCardId === null) throw new RangeError('a code that was derived is none');
  return { code, giftCardId };
}

/** Forgives case, hyphens of any kind, blanks and full width, and the letters that are taken for digits. */
const normalCode = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
