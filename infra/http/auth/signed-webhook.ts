import type { FastifyRequest } from 'fastify';
import { Webhook } from 'standardwebhooks';

/** Whether the body is signed as Standard Webhooks has it, no more than five minutes ago. `secret`: `whsec_…`. */
export function isSignedWebhook(secret: string, { headers, rawBody = '' }: FastifyRequest): boolean {
  const signed = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, headers[name]]);
  try {
    new Webhook(secret).verify(rawBody, Object.fromEntries(signed) as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
