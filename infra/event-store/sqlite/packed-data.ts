import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Data as they stand in the log: JSON text, or where that is long its raw deflate (RFC 1951). */
export type PackedData = string | Buffer;

/**
 * In UTF-16 units. Orders of many lines repeat themselves and shrink to a third; an order of a few stays below this, and
 * the microseconds that packing and reading it would cost are saved.
 */
const LONG = 2_048;

/** Small, as most data are little longer than `LONG`. */
const OPTIONS = { level: 1, windowBits: 12, memLevel: 5 };

export function packData(text: string): PackedData {
  if (text.length < LONG) return text;
  const packed = deflateRawSync(text, OPTIONS);
  return packed.length < text.length ? packed : text;
}

export const unpackData = (packed: PackedData): string =>
  typeof packed === 'string' ? packed : inflateRawSync(packed).toString();
