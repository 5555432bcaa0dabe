import { jest } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { PaymentRequest } from '../payment-provider.js';
import { paymentProviderContract } from '../payment-provider.contract.js';
import { createSandboxProvider } from './sandbox-provider.js';
import type { SandboxProvider } from './sandbox-provider.js';
import type { WebhookRequest } from './sandbox-webhooks.js';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;
const DELAY_MS = 2000;

describe('sandbox payment provider', () => {
  describe('as any payment provider', () => {
    paymentProviderContract(() => {
      const provider = createSandboxProvider({
        delayMs: DELAY_MS,
        webhookSecrets: [SECRET],
        deliver: async () => true,
      });
      return { provider, acceptedToken: 'tok_ok', declinedToken: 'tok_declined', close: () => provider.close() };
    });
  });

  let provider: SandboxProvider;
  let requests: WebhookRequest[];
  let taken: boolean[];

  const start = (): SandboxProvider =>
    createSandboxProvider({
      delayMs: DELAY_MS,
      webhookSecrets: [SECRET],
      deliver: async (request) => {
        requests.push(request);
        const answer = taken.shift() ?? true;
        if (!answer && taken.length % 2 === 1) throw new Error('connection refused');
        return answer;
      },
    });

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-02T10:00:00Z') });
    requests = [];
    taken = [];
    provider = start();
  });

  afterEach(() => {
    provider.close();
    jest.useRealTimers();
  });

  const payment = (token: string, idempotencyKey = 'key-1'): PaymentRequest => ({
    paymentId: 'payment-1',
    orderId: 'order-1',
    idempotencyKey,
    token,
    amount: { amount: 1999, currency: 'USD' },
    reference: null,
  });
  const named = (kind: string): unknown => expect.stringMatching(new RegExp(`^${kind}_[0-9a-f]{32}$`));
  const outcome = async (token: string, key?: string) => (await provider.authorize(payment(token, key))).outcome;
  const notice = (index: number) => provider.factIn(requests[index]?.headers ?? {}, requests[index]?.body ?? '');

  it.each([
    ['tok_declined', 'PAYMENT.DECLINED'],
    ['tok_insufficient_funds', 'PAYMENT.INSUFFICIENT_FUNDS'],
    ['tok_of_nobody', 'PAYMENT.DECLINED'],
    ['constructor', 'PAYMENT.DECLINED'],
  ])('refuses %s with %s', async (token, code) => {
    expect(await provider.authorize(payment(token))).toMatchObject({ outcome: 'refused', code });
  });

  it('sends no webhook about what it answered', async () => {
    await outcome('tok_ok');
    await outcome('tok_declined', 'key-2');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(requests).toEqual([]);
  });

  it.each([
    ['unknown', 'tok_timeout', { kind: 'authorized' }],
    ['unknown', 'tok_timeout_declined', { kind: 'declined', code: 'PAYMENT.DECLINED' }],
    ['action-required', 'tok_action_required', { kind: 'authorized' }],
    ['action-required', 'tok_action_declined', { kind: 'declined', code: 'PAYMENT.DECLINED' }],
  ])('says %s to %s and tells by webhook after the delay', async (first, token, fact) => {
    expect(await outcome(token)).toBe(first);
    await jest.advanceTimersByTimeAsync(DELAY_MS - 1);
    expect(requests).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(requests).toHaveLength(1);
    expect(await notice(0)).toMatchObject({ paymentId: 'payment-1', fact });
  });

  it.each([
    ['tok_timeout', 'unknown', 'succeeded'],
    ['tok_timeout_declined', 'unknown', 'refused'],
    ['tok_action_required', 'action-required', 'succeeded'],
    ['tok_action_declined', 'action-required', 'refused'],
  ])('answers when asked again with the same key after the delay, not before: %s', async (token, first, answer) => {
    await outcome(token);
    await jest.advanceTimersByTimeAsync(DELAY_MS - 1);
    expect(await outcome(token)).toBe(first);
    await jest.advanceTimersByTimeAsync(1);
    expect(await outcome(token)).toBe(answer);
    expect(await outcome(token)).toBe(answer);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(1);
  });

  it('comes to the same answer by asking on after a restart lost the webhook', async () => {
    await outcome('tok_timeout');
    provider.close();
    provider = start();
    expect(await outcome('tok_timeout')).toBe('unknown');
    await jest.advanceTimersByTimeAsync(DELAY_MS);
    expect(await outcome('tok_timeout')).toBe('succeeded');
    expect(requests).toHaveLength(1);
  });

  it('fails twice for each key of tok_error and then works', async () => {
    for (const key of ['key-1', 'key-2']) {
      expect(await outcome('tok_error', key)).toBe('unknown');
      expect(await outcome('tok_error', key)).toBe('unknown');
      expect(await outcome('tok_error', key)).toBe('succeeded');
      expect(await outcome('tok_error', key)).toBe('succeeded');
    }
  });

  it('refuses the first capture of tok_capture_recovers under its key for good, and takes the next', async () => {
    const first = { ...payment('tok_capture_recovers', 'key-2'), refusedBefore: 0 };
    const refusal = { outcome: 'refused', code: 'PAYMENT.CAPTURE_REFUSED', final: true };
    for (const _ of [1, 2]) expect(await provider.capture(first)).toMatchObject(refusal);
    const second = { ...payment('tok_capture_recovers', 'key-3'), refusedBefore: 1 };
    expect(await provider.capture(second)).toMatchObject({ outcome: 'succeeded' });
    expect(await provider.capture(first)).toMatchObject(refusal);
  });

  it('authorises tok_capture_fails, refuses its capture for good and voids it', async () => {
    expect(await outcome('tok_capture_fails')).toBe('succeeded');
    const refusal = { outcome: 'refused', code: 'PAYMENT.CAPTURE_REFUSED' };
    expect(await provider.capture(payment('tok_capture_fails', 'key-2'))).toMatchObject(refusal);
    expect(await provider.capture(payment('tok_capture_fails', 'key-2'))).toMatchObject(refusal);
    const voiding = { ...payment('tok_capture_fails', 'key-3'), authorizationKey: 'key-1' };
    expect(await provider.void(voiding)).toEqual({ outcome: 'succeeded', reference: named('void') });
  });

  it('holds money for a week from the first call with the key, however it answers', async () => {
    const expiresAt = '2026-11-09T10:00:00.000Z';
    const held = { outcome: 'succeeded', reference: named('pay'), expiresAt };
    expect(await provider.authorize(payment('tok_ok'))).toEqual(held);
    for (const token of ['tok_timeout', 'tok_error']) await provider.authorize(payment(token, token));
    await jest.advanceTimersByTimeAsync(DELAY_MS);
    expect(await provider.authorize(payment('tok_timeout', 'tok_timeout'))).toEqual(held);
    await provider.authorize(payment('tok_error', 'tok_error'));
    expect(await provider.authorize(payment('tok_error', 'tok_error'))).toEqual(held);
    expect(await provider.authorize(payment('tok_declined', 'key-3'))).not.toHaveProperty('expiresAt');
  });

  it('authorises and captures tok_refund_fails, and refuses its refund for good', async () => {
    expect(await outcome('tok_refund_fails')).toBe('succeeded');
    const captured = { outcome: 'succeeded', reference: named('cap') };
    expect(await provider.capture(payment('tok_refund_fails', 'key-2'))).toEqual(captured);
    const refusal = { outcome: 'refused', code: 'PAYMENT.REFUND_REFUSED' };
    expect(await provider.refund({ ...payment('tok_refund_fails', 'key-3'), refundId: 'r-1' })).toMatchObject(refusal);
  });

  it('sends a webhook that was not taken again, under the same id, with growing waits, and gives up', async () => {
    taken = Array<boolean>(20).fill(false);
    await outcome('tok_timeout');
    await jest.advanceTimersByTimeAsync(DELAY_MS);
    const arrivals = [0];
    const begin = Date.now();
    for (let second = 0; second < 120; second += 1) {
      const before = requests.length;
      await jest.advanceTimersByTimeAsync(500);
      if (requests.length > before) arrivals.push(Date.now() - begin);
    }
    expect(arrivals).toEqual([0, 500, 1500, 3500, 7500, 15_500]);
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('stops sending once the webhook is taken', async () => {
    taken = [false, true];
    await outcome('tok_timeout');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(2);
  });

  it('sends nothing after it was closed', async () => {
    taken = [false];
    await outcome('tok_timeout');
    await outcome('tok_timeout', 'key-2');
    await jest.advanceTimersByTimeAsync(DELAY_MS);
    const sent = requests.length;
    provider.close();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(requests).toHaveLength(sent);
    expect(jest.getTimerCount()).toBe(0);
  });

  describe('a webhook', () => {
    let request: WebhookRequest;
    beforeEach(async () => {
      await outcome('tok_timeout');
      await jest.advanceTimersByTimeAsync(DELAY_MS);
      request = requests[0] ?? { headers: {}, body: '' };
    });
    const signed = (body: string): WebhookRequest => ({
      headers: { ...request.headers, 'webhook-signature': new Webhook(SECRET).sign('msg_1', new Date(), body) },
      body,
    });
    const read = ({ headers, body }: WebhookRequest) => provider.factIn({ ...headers, 'webhook-id': 'msg_1' }, body);

    it('is read with its id', async () => {
      expect(await notice(0)).toEqual({
        webhookId: request.headers['webhook-id'],
        paymentId: 'payment-1',
        fact: { kind: 'authorized', reference: named('pay'), expiresAt: '2026-11-09T10:00:00.000Z' },
      });
      expect(request.headers['webhook-id']).toEqual(named('msg'));
    });

    const money = { amount: 500, currency: 'USD' };
    it.each([
      ['authorized', { amount: money }, { amount: money }],
      ['captured', {}, {}],
      ['voided', {}, {}],
      ['refunded', { refundId: 'r-1' }, { refundId: 'r-1' }],
      ['refund-failed', { refundId: 'r-1' }, { refundId: 'r-1', code: 'PAYMENT.REFUND_REFUSED' }],
      ['disputed', { amount: money, reason: 'fraudulent' }, { amount: money, reason: 'fraudulent' }],
      ['dispute-closed', { amount: money, outcome: 'lost' }, { amount: money, outcome: 'lost' }],
    ])('tells that a payment was %s', async (kind, data, told) => {
      const body = { type: `payment.${kind}`, data: { paymentId: 'payment-1', reference: 'at-1', ...data } };
      const fact = { kind, reference: 'at-1', ...told };
      expect(await read(signed(JSON.stringify(body)))).toMatchObject({ webhookId: 'msg_1', fact });
    });

    it('counts for nothing when its body was changed', async () => {
      expect(await provider.factIn(request.headers, request.body.replace('payment-1', 'payment-2'))).toBeNull();
    });

    it('counts for nothing under another secret', async () => {
      const other = createSandboxProvider({
        delayMs: DELAY_MS,
        webhookSecrets: [`whsec_${Buffer.from('quite another one').toString('base64')}`],
        deliver: async () => true,
      });
      expect(await other.factIn(request.headers, request.body)).toBeNull();
    });

    it('is read under any secret of a list, and signed with the first', async () => {
      const next = `whsec_${Buffer.from('the secret that comes after it').toString('base64')}`;
      const options = { delayMs: DELAY_MS, deliver: async () => true };
      const [both, old] = [[next, SECRET] as const, [SECRET] as const].map((webhookSecrets) =>
        createSandboxProvider({ ...options, webhookSecrets }),
      );
      expect(await both?.factIn(request.headers, request.body)).not.toBeNull();
      const sent: WebhookRequest[] = [];
      const deliver = async (webhook: WebhookRequest) => sent.push(webhook) > 0;
      const rotated = createSandboxProvider({ delayMs: DELAY_MS, webhookSecrets: [next, SECRET], deliver });
      await rotated.authorize(payment('tok_timeout'));
      await jest.advanceTimersByTimeAsync(DELAY_MS);
      const [webhook = { headers: {}, body: '' }] = sent;
      expect(await both?.factIn(webhook.headers, webhook.body)).not.toBeNull();
      expect(await old?.factIn(webhook.headers, webhook.body)).toBeNull();
    });

    it('counts for nothing when it is more than five minutes old', async () => {
      jest.setSystemTime(Date.now() + 299_000);
      expect(await notice(0)).not.toBeNull();
      jest.setSystemTime(Date.now() + 2000);
      expect(await notice(0)).toBeNull();
    });

    it.each(['{"type":"payment.reviewed","data":{"paymentId":"payment-1"}}', '{"type":"payout.paid"}'])(
      'of a type that nobody here knows is of no concern: %s',
      async (body) => expect(await read(signed(body))).toBe('of-no-concern'),
    );

    it.each([
      'no json',
      'null',
      '{"type":"payment.authorized"}',
      '{"type":"payment.authorized","data":{"paymentId":7}}',
      '{"type":"payment.declined","data":{"paymentId":"payment-1","code":7}}',
      '{"data":{"paymentId":"payment-1"}}',
      '{"type":"payment.refunded","data":{"paymentId":"payment-1"}}',
      '{"type":"payment.disputed","data":{"paymentId":"payment-1","amount":5}}',
      '{"type":"payment.dispute-closed","data":{"paymentId":"payment-1","amount":{"amount":1,"currency":"USD"}}}',
    ])('counts for nothing when well signed but of another shape: %s', async (body) => {
      expect(await read(signed(body))).toBeNull();
      expect(await read(signed('{"type":"payment.authorized","data":{"paymentId":"payment-1"}}'))).not.toBeNull();
    });
  });
});
