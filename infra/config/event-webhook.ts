import type { EventWebhook } from './config.js';
import type { Environment } from './environment.js';
import { webhookSecretsOf } from './webhook-secret.js';

/** Where integration events are posted. The secret has no default: whoever verifies has to have been told it. */
export function eventWebhookOf(env: Environment): EventWebhook | null {
  const attempts = env.integer('EVENT_WEBHOOK_ATTEMPTS', 10, { min: 1, max: 100 });
  const url = env.text('EVENT_WEBHOOK_URL');
  if (url === null) return null;
  const secrets = webhookSecretsOf(env, 'EVENT_WEBHOOK_SECRET');
  // Neither is repeated: a URL may hold credentials.
  if (!/^https?:/.test(url) || !URL.canParse(url)) env.problems.push('EVENT_WEBHOOK_URL is not an http or https URL');
  if (secrets !== null) return { url, secrets, attempts };
  env.problems.push('EVENT_WEBHOOK_URL needs an EVENT_WEBHOOK_SECRET: whsec_ and the base64 of 24 to 64 random bytes');
  return null;
}
