import type { EventStore } from '../../infra/event-store/index.js';
import { paymentProviders, type PaymentProvider } from '../../infra/payment-provider/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import type { CheckoutReader } from './aggregate-targets.js';
import { paymentGateway } from './payment-gateway.js';

const ASK_BY = '2026-11-02T10:10:00.000Z';
const usd = { amount: 1_500, currency: 'USD' };
const command = {
  type: 'authorize',
  orderId: 'o',
  amount: usd,
  source: { cartId: 'c', revision: 1 },
  askBy: ASK_BY,
} as const;
const context = { commandId: 'x', correlationId: 'x', causationId: null, actor: 'saga:checkout', repeatable: true };

class KeysAwayError extends Error {}

/** Has a payment authorised that was never asked for, while the keys of what is personal are away. */
function asked(now: string) {
  const empty = async function* (): AsyncGenerator<never> {};
  const authorize = paymentGateway({
    executor: {} as CommandExecutor,
    eventStore: { read: () => empty() } as never as EventStore,
    providers: paymentProviders({ authorize: () => Promise.reject(new Error('asked')) } as never as PaymentProvider),
    checkouts: { read: () => Promise.reject(new KeysAwayError()) } as never as CheckoutReader,
    now: () => Date.parse(now),
  });
  return authorize('p', command, context);
}

describe('a payment that was never asked for', () => {
  it('is tried again as long as it may be', async () => {
    await expect(asked('2026-11-02T10:09:59.000Z')).rejects.toBeInstanceOf(KeysAwayError);
  });

  it('is not asked for after its time, whatever is away', async () => {
    const { reply } = await asked('2026-11-02T10:10:01.000Z');
    expect(reply).toMatchObject({ outcome: 'refused', refusal: { code: 'PAYMENT.TIMEOUT' } });
  });
});
