import type { FastifyRequest } from 'fastify';
import { Webhook } from 'standardwebhooks';

/** Whether the body is signed with one of the secrets (`whsec_…`) as Standard Webhooks has it, no more than five minutes ago. */
export function isSignedWebhook(secrets: readonly string[], { headers, rawBody = '' }: FastifyRequest): boolean {
  const signed = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, headers[name]]);
  const signature = Object.fromEntries(signed) as Record<string, string>;
  return secrets.some((secret) => isVerified(new Webhook(secret), rawBody, signature));
}

function isVerified(webhook: Webhook, body: string, signature: Record<string, string>): boolean {
  try {
    webhook.verify(body, signature);
    return true;
  } catch {
    return false;
  }
}
