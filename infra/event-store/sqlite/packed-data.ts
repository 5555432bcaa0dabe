import { deflateRawSync } from 'node:zlib';
import { Inflater } from './inflater.js';
import { PACK_DICTIONARY } from './pack-dictionary.js';

/** Stored data: JSON text, or its raw deflate (RFC 1951) with the dictionary where it is long. */
export type PackedData = string | Buffer;

/** The least length for packing, in UTF-16 units. Orders and saga steps shrink to less than half; shorter data are not worth the time. */
const LONG = 700;

/** Deflate's memory level. It is small, as its set-up for each event takes as long as the packing of data little longer than `LONG`. */
const OPTIONS = { level: 1, windowBits: 12, memLevel: 6, chunkSize: 4_096, dictionary: PACK_DICTIONARY };

export function packData(text: string): PackedData {
  if (text.length < LONG) return text;
  const packed = deflateRawSync(text, OPTIONS);
  return packed.length < text.length ? packed : text;
}

const inflater = new Inflater(OPTIONS);

/** @throws the data are no deflate with the dictionary: they were altered */
export const unpackData = (packed: PackedData): string =>
  typeof packed === 'string' ? packed : inflater.textOf(packed);
