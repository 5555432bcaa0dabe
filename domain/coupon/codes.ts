const CODE = /^[A-Z0-9-]{4,64}$/i;

/** Reads a code as it was typed, without regard to case and to blanks around it; null where no code looks like that. */
export function normalisedCode(text: string): string | null {
  const trimmed = text.trim();
  return CODE.test(trimmed) ? trimmed.toUpperCase() : null;
}

const BUCKET_BITS = 10;
const DIGITS = 3;

/** The bucket that a coupon is in: one of 1,024, named by the first bits of its id in three hex digits. */
export const bucketOf = (couponId: string): string =>
  (Number.parseInt(couponId.slice(0, DIGITS), 16) >> (DIGITS * 4 - BUCKET_BITS)).toString(16).padStart(DIGITS, '0');
