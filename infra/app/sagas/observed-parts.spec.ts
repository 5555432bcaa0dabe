import { Registry } from 'prom-client';
import type { Dispatch } from '../../../sagas/saga.js';
import { registerCommerceMetrics } from '../../telemetry/metrics/index.js';
import { observedCarrier, observedDispatch, observedProvider } from './observed-parts.js';

const context = { commandId: 'c', correlationId: 'corr', causationId: null, actor: 'saga:x', repeatable: true };
const money = { amount: 1, currency: 'USD' };
const request = {
  paymentId: 'p',
  orderId: 'o',
  idempotencyKey: 'k',
  token: 'tok_secret',
  amount: money,
  reference: null,
};

let registry: Registry;
let warnings: unknown[][];
const logger = { warn: (...words: unknown[]) => void warnings.push(words) };
beforeEach(() => {
  registry = new Registry();
  warnings = [];
});

const shown = async (name: string): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => line.startsWith(name));

async function dispatched(
  command: object,
  outcome: 'accepted' | 'refused' = 'accepted',
  lastEventId: string | null = 'e',
): Promise<void> {
  const metrics = registry.getSingleMetric('cartwright_orders_total') ? undefined : registerCommerceMetrics(registry);
  const reply = { outcome, refusal: { code: 'X', detail: 'no' } };
  const plain = (async () => ({ reply, lastEventId })) as unknown as Dispatch;
  if (metrics === undefined) throw new Error('one dispatch a test');
  const observed = observedDispatch(plain, metrics, logger as never);
  await observed({ key: 'k', target: 'order', id: 'o-1', command } as never, context);
}

describe('what is told of orders and money', () => {
  it.each([
    ['confirm-order', {}, '{outcome="confirmed",code=""} 1'],
    ['reject-order', { code: 'PAYMENT.DECLINED' }, '{outcome="rejected",code="PAYMENT.DECLINED"} 1'],
    ['reject-order', { code: 'made-up-by-a-provider-4711' }, '{outcome="rejected",code="other"} 1'],
    ['cancel-order', {}, '{outcome="cancelled",code=""} 1'],
  ])('an order that came to %s is counted', async (type, more, line) => {
    await dispatched({ type, ...more });
    expect(await shown('cartwright_orders_total{')).toEqual([`cartwright_orders_total${line}`]);
    expect(warnings).toEqual([]);
  });

  it('is counted only where something was recorded', async () => {
    await dispatched({ type: 'confirm-order' }, 'accepted', null);
    expect(await shown('cartwright_orders_total{')).toEqual([]);
  });

  it.each([
    [{ type: 'need-attention', code: 'PAYMENT.CAPTURE_FAILED', detail: 'words' }, 'PAYMENT.CAPTURE_FAILED'],
    [{ type: 'fail-refund', refundId: 'r', code: 'ANY' }, 'PAYMENT.REFUND_FAILED'],
  ])('a warning says that an order needs a person, without its words', async (command, code) => {
    await dispatched(command);
    expect(warnings).toEqual([[{ orderId: 'o-1', code, correlationId: 'corr' }, expect.stringContaining('person')]]);
    expect(await shown('cartwright_attention_needed_total{')).toEqual([
      `cartwright_attention_needed_total{code="${code}"} 1`,
    ]);
  });

  it('nothing is said of a command that was refused', async () => {
    await dispatched({ type: 'need-attention', code: 'PAYMENT.CAPTURE_FAILED', detail: '' }, 'refused');
    expect(warnings).toEqual([]);
  });

  it('calls of the provider and of the carrier are counted by what they came to', async () => {
    const metrics = registerCommerceMetrics(registry);
    const said = { outcome: 'refused', code: 'PAYMENT.DECLINED', detail: 'no' } as const;
    const provider = observedProvider(
      {
        name: 'p',
        capabilities: { partialCapture: true, multipleCaptures: true, void: true, refund: true },
        authorize: async () => said,
        capture: () => Promise.reject(new Error('a bug')),
        void: async () => said,
        refund: async () => said,
        factIn: async () => null,
      },
      metrics,
    );
    expect(await provider.authorize(request)).toBe(said);
    await expect(provider.capture(request)).rejects.toThrow('a bug');
    const carrier = observedCarrier({ book: () => Promise.reject(new Error('away')) }, metrics);
    await expect(carrier.book({ shipmentId: 's', shippingMethod: 'x', lines: [] })).rejects.toThrow('away');
    expect(await shown('cartwright_payment_provider_seconds_count')).toEqual([
      'cartwright_payment_provider_seconds_count{operation="authorize",outcome="refused"} 1',
      'cartwright_payment_provider_seconds_count{operation="capture",outcome="error"} 1',
    ]);
    expect(await shown('cartwright_carrier_seconds_count')).toEqual([
      'cartwright_carrier_seconds_count{outcome="error"} 1',
    ]);
    expect(await registry.metrics()).not.toContain('tok_secret');
  });
});
