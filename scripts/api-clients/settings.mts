import { env } from 'node:process';

/** What check.mjs sells through each client: an article of the demo shop. */
export const SKU = '1000237';

/** Where the engine is, and as whom to buy. */
export function settings(): { url: string; token: string } {
  const { CARTWRIGHT_URL: url, CARTWRIGHT_TOKEN: token } = env;
  if (url === undefined || token === undefined) throw new Error('CARTWRIGHT_URL and CARTWRIGHT_TOKEN must be set');
  return { url, token };
}
