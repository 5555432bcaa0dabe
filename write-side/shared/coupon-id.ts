import { createHmac } from 'node:crypto';

/**
 * Derives the id of a coupon from its normalised code (`normalisedCode`): 32 hex digits that nobody can compute, or test a guess
 * by, without the server's secret. The code itself is in the log sealed alone.
 */
export const couponIdOf = (secret: Buffer, code: string): string =>
  createHmac('sha256', secret).update(`coupon-code:${code}`).digest('hex').slice(0, 32);
