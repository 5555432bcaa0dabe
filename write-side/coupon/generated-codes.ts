import { createCipheriv, createHmac } from 'node:crypto';
import { CODE_ALPHABET } from '../../domain/coupon/index.js';

const LETTERS = CODE_ALPHABET.length;
/** Bytes from here on would make the first letters likelier than the others. */
const FAIR = 256 - (256 % LETTERS);
const BLOCK = Buffer.alloc(16 * 1024);

export interface CodeShape {
  readonly prefix: string;
  /** Of what follows the prefix. */
  readonly length: number;
}

/**
 * Makes codes that nobody can foresee, each once, without an end. They follow from the secret and the batch: a request that is sent again
 * meets the same ones in the same order.
 */
export function* generatedCodes(
  secret: Buffer,
  batchId: string,
  { prefix, length }: CodeShape,
): Generator<string, never> {
  const seen = new Set<string>();
  let letters = '';
  for (const letter of randomLetters(secret, batchId)) {
    letters += letter;
    if (letters.length < length) continue;
    const code = prefix + letters;
    letters = '';
    if (seen.has(code)) continue;
    seen.add(code);
    yield code;
  }
  throw new RangeError('random letters have come to an end');
}

function* randomLetters(secret: Buffer, batchId: string): Generator<string, never> {
  const key = createHmac('sha256', secret).update(`coupon-codes:${batchId}`).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  for (;;) for (const byte of stream.update(BLOCK)) if (byte < FAIR) yield CODE_ALPHABET[byte % LETTERS] ?? '';
}
