import type { WebhookSecrets } from './config.js';
import type { Environment } from './environment.js';
import { isMonotonous } from './guessable.js';

/** Standard Webhooks: base64 of 24 to 64 bytes. */
const SHAPE = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/;
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

/**
 * The secrets of a variable, apart from each other by blanks or commas; null where it is not set. No secret is repeated in
 * what is told of it.
 */
export function webhookSecretsOf(env: Environment, name: string): WebhookSecrets | null {
  const [first, ...more] = env.text(name)?.split(/[\s,]+/) ?? [];
  if (first === undefined) return null;
  if ([first, ...more].some((secret) => !isStrong(secret))) {
    const each = more.length === 0 ? 'it is to be' : 'each of the list is to be';
    env.problems.push(
      `${name} can be guessed or is no webhook secret: ${each} whsec_ and the base64 of ${LEAST_BYTES} to ${MOST_BYTES} random bytes`,
    );
  }
  return [first, ...more];
}

function isStrong(secret: string): boolean {
  const encoded = SHAPE.exec(secret)?.[1];
  if (encoded === undefined) return false;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES && !isMonotonous([...bytes]);
}
