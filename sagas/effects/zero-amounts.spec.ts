import type { PaymentProvider } from '../../infra/payment-provider/index.js';
import { ScriptedProvider } from '../test-support/scripted-provider.js';
import { approvingZeroAmounts } from './payment-gateway.js';

const REFUSED = { outcome: 'refused', code: 'PAYMENT.DECLINED', detail: 'The provider said no.' } as const;

describe('a payment of nothing', () => {
  const asked: string[] = [];
  const asking = (operation: string) => async () => {
    asked.push(operation);
    return REFUSED;
  };
  const operations = ['authorize', 'capture', 'void', 'refund'] as const;
  const { capabilities, factIn } = new ScriptedProvider();
  const named = { name: 'strict', capabilities, factIn };
  const strict = Object.assign({} as PaymentProvider, named, ...operations.map((one) => ({ [one]: asking(one) })));
  const request = (amount: number) => ({
    paymentId: 'p',
    orderId: 'o',
    idempotencyKey: 'k',
    token: 't',
    reference: null,
    amount: { amount, currency: 'USD' },
    refundId: 'r',
    authorizationKey: 'a',
  });

  it.each(operations)('never reaches the provider, and any other one does: %s', async (operation) => {
    const approving = approvingZeroAmounts(strict);
    asked.length = 0;
    expect(await approving[operation](request(0))).toMatchObject({ outcome: 'succeeded', reference: null });
    expect(asked).toEqual([]);
    expect(await approving[operation](request(1))).toEqual(REFUSED);
    expect(asked).toEqual([operation]);
  });
});
