import { createHmac, timingSafeEqual } from 'node:crypto';

/** The capability of one order, base64url of HMAC-SHA256; follows from the secret and the id and is never recorded. */
export const accessTokenOf = (secret: Buffer, orderId: string): string => digest(secret, orderId).toString('base64url');

const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** Whether the text could be the accessToken of some order. */
export const looksLikeAccessToken = (text: string): boolean => SHAPE.test(text);

/** Whether the text is the accessToken of this order; takes the same time for every wrong one. */
export function isAccessToken(secret: Buffer, orderId: string, text: string): boolean {
  if (!looksLikeAccessToken(text)) return false;
  const expected = digest(secret, orderId);
  const given = Buffer.from(text, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const digest = (secret: Buffer, orderId: string): Buffer =>
  createHmac('sha256', secret).update(`access-token:${orderId}`).digest();
