import type { Logger } from 'pino';
import type { Config } from '../../config/index.js';
import { paymentProviders, type PaymentProviders } from '../../payment-provider/index.js';
import { createSandboxProvider } from '../../payment-provider/sandbox/sandbox-provider.js';
import type { DeliverWebhook } from '../../payment-provider/sandbox/sandbox-webhooks.js';
import { createStripeProvider } from '../../payment-provider/stripe/stripe-provider.js';
import type { Closers } from '../boot/closers.js';

interface Surroundings {
  readonly config: Pick<Config, 'stripe' | 'sandboxDelayMs' | 'paymentWebhookSecrets'>;
  readonly logger: Logger;
  readonly deliver: DeliverWebhook;
}

/** Opens Stripe where it is configured, else the sandbox. The sandbox also goes on with payments that it has already. */
export async function openPaymentProviders(
  { config, logger, deliver }: Surroundings,
  closers: Closers,
): Promise<PaymentProviders> {
  const { stripe, sandboxDelayMs: delayMs, paymentWebhookSecrets: webhookSecrets } = config;
  const sandbox = createSandboxProvider({ delayMs, webhookSecrets, deliver });
  closers.add(() => sandbox.close());
  if (stripe === null) return paymentProviders(sandbox);
  const onMisconfigured = (problem: string): void => logger.error({ problem }, 'payments cannot be taken');
  return paymentProviders(await createStripeProvider({ ...stripe, onMisconfigured }), sandbox);
}
