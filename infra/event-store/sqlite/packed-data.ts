import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PACK_DICTIONARY } from './pack-dictionary.js';

/** Data as they stand in the log: JSON text, or where that is long its raw deflate (RFC 1951) after the dictionary. */
export type PackedData = string | Buffer;

/** In UTF-16 units. Orders and steps of sagas shrink to less than half; below this, packing costs more time than it is worth. */
const LONG = 700;

/** Small, as most data are little longer than `LONG`: what is set up for each costs as much as the packing itself. */
const OPTIONS = { level: 1, windowBits: 12, memLevel: 6, chunkSize: 4_096, dictionary: PACK_DICTIONARY };

export function packData(text: string): PackedData {
  if (text.length < LONG) return text;
  const packed = deflateRawSync(text, OPTIONS);
  return packed.length < text.length ? packed : text;
}

export const unpackData = (packed: PackedData): string =>
  typeof packed === 'string' ? packed : inflateRawSync(packed, OPTIONS).toString();
