const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** A number as its digits, without zeros at either end, and the power of ten of the last one; '' is zero. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/**
 * Whether a JSON number loses a digit where it becomes a double: 9007199254740993 does, 1.50 and 1e2 do not. What is no
 * number loses nothing: the parser refuses it.
 */
export function losesDigits(text: string): boolean {
  const written = decimalOf(text);
  if (written === null) return false;
  const kept = decimalOf(String(Number(text)));
  return kept === null || kept.digits !== written.digits || kept.exponent !== written.exponent;
}

function decimalOf(text: string): Decimal | null {
  const match = NUMBER.exec(text);
  if (match === null) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const significant = withoutZerosBefore(whole + fraction);
  const digits = withoutZerosAfter(significant);
  if (digits === '') return { digits, exponent: 0 };
  return { digits, exponent: Number(exponent) - fraction.length + significant.length - digits.length };
}

function withoutZerosBefore(digits: string): string {
  let start = 0;
  while (digits[start] === '0') start++;
  return digits.slice(start);
}

function withoutZerosAfter(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
