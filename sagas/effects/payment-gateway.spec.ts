import { randomUUID } from 'node:crypto';
import { paymentAggregate, type PaymentCommand } from '../../domain/payment/index.js';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../infra/event-store/test-support/index.js';
import { paymentProviders, type PaymentProvider } from '../../infra/payment-provider/index.js';
import { type CommandContext, QueueingExecutor } from '../../infra/engine/commands/index.js';
import { ScriptedProvider } from '../test-support/scripted-provider.js';
import type { CheckoutReader } from './aggregate-targets.js';
import type { PaymentGatewayCommand } from './commands.js';
import { paymentGateway } from './payment-gateway.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const context = (): CommandContext => ({
  commandId: randomUUID(),
  correlationId: randomUUID(),
  causationId: null,
  actor: 'saga:test',
  repeatable: true,
});
const checkout = { personId: 'x', personal: { paymentToken: 'tok_ok' }, paymentProvider: 'scripted' };
const authorize: PaymentGatewayCommand = {
  type: 'authorize',
  orderId: 'o-1',
  amount: usd(1_000),
  source: { cartId: 'c', revision: 1 },
};
const able = { partialCapture: true, multipleCaptures: false, void: true, refund: true };

let log: TemporaryEventStore;
let executor: QueueingExecutor;
let paymentId: string;
let asked: ScriptedProvider;
let preferred: ScriptedProvider;

beforeAll(async () => {
  log = await openTemporaryEventStore();
  executor = new QueueingExecutor({
    store: log.store,
    snapshots: { load: async () => undefined, save: async () => undefined },
  });
});
afterAll(() => log.cleanup());
beforeEach(() => {
  paymentId = randomUUID();
  asked = new ScriptedProvider();
  preferred = new ScriptedProvider('preferred');
});

const send = (command: PaymentGatewayCommand, ...providers: readonly PaymentProvider[]) =>
  paymentGateway({
    executor,
    eventStore: log.store,
    providers: paymentProviders(preferred, ...providers),
    checkouts: { read: async () => checkout, forget: () => undefined } as never as CheckoutReader,
    now: Date.now,
  })(paymentId, command, context());

const say = (command: PaymentCommand) =>
  executor.execute({
    aggregate: paymentAggregate,
    id: paymentId,
    command,
    context: context(),
    answer: () => null,
  });

async function recorded(): Promise<readonly { readonly type: string; readonly data: object }[]> {
  const events = [];
  for await (const { type, data } of log.store.read(`payment-${paymentId}`)) events.push({ type, data });
  return events;
}
const types = async () => (await recorded()).map(({ type }) => type.split('.')[1]);

/** A provider that can do less than the scripted one. */
const unable = (provider: ScriptedProvider, ...what: readonly (keyof typeof able)[]): PaymentProvider =>
  Object.assign(Object.create(provider) as PaymentProvider, {
    capabilities: { ...able, ...Object.fromEntries(what.map((one) => [one, false])) },
  });

describe('a payment', () => {
  it('stays with the provider that was asked first, whoever takes new ones, and is named as that one does', async () => {
    await send(authorize, asked);
    await send({ type: 'capture' }, asked);
    await send({ type: 'refund', refundId: 'r-1', amount: usd(100) }, asked);
    expect(asked.movedFor(paymentId)).toEqual(['authorize', 'capture', 'refund']);
    expect(preferred.calls).toEqual([]);
    const reference = asked.requests[0]?.idempotencyKey;
    expect(asked.requests.map((request) => request.reference)).toEqual([
      null,
      `authorize:${reference}`,
      `authorize:${reference}`,
    ]);
    const names = (await recorded()).map(({ data }) => data as { provider?: string; reference?: string });
    expect(names.map(({ provider }) => provider)).toEqual([
      'scripted',
      'scripted',
      undefined,
      'scripted',
      undefined,
      'scripted',
    ]);
    expect(names.at(-1)?.reference).toMatch(/^refund:/);
  });

  it('is tried again while its provider is none of this process', async () => {
    await send(authorize, asked);
    await expect(send({ type: 'capture' })).rejects.toThrow('scripted, which is no payment provider of this process');
    expect(await types()).toEqual(['requested', 'authorized']);
  });
});

describe('a void', () => {
  const letGo: PaymentGatewayCommand = { type: 'void', orderId: 'o-1', reason: 'cancelled' };

  it('closes a payment that was never requested: nobody is asked for it any more', async () => {
    expect((await send(letGo, asked)).reply).toEqual({ outcome: 'accepted' });
    expect((await send(letGo, asked)).reply).toEqual({ outcome: 'accepted' });
    const { reply } = await send(authorize, asked);
    expect(reply).toMatchObject({ outcome: 'refused', refusal: { code: 'PAYMENT.TIMEOUT' } });
    expect([await types(), asked.calls]).toEqual([['closed'], []]);
  });

  it('asks for nothing where the money was declined', async () => {
    asked.says = { outcome: 'refused', code: 'PAYMENT.DECLINED', detail: 'No.' };
    await send(authorize, asked);
    expect((await send(letGo, asked)).reply).toEqual({ outcome: 'accepted' });
    expect([await types(), asked.movedFor(paymentId)]).toEqual([['requested', 'declined'], []]);
  });
});

describe('what a provider cannot do', () => {
  it.each([
    ['partialCapture', { type: 'capture', amount: usd(400) }, []],
    ['void', { type: 'void', orderId: 'o-1', reason: 'cancelled' }, ['void-requested']],
    ['refund', { type: 'refund', refundId: 'r-1', amount: usd(100) }, []],
  ] as const)('is not asked of it: %s', async (what, command, wanted) => {
    const provider = unable(asked, what);
    await send(authorize, provider);
    if (what === 'refund') await send({ type: 'capture' }, provider);
    const before = asked.calls.length;
    const { reply } = await send(command, provider);
    expect(reply).toMatchObject({ outcome: 'refused', refusal: { code: 'PAYMENT.NOT_SUPPORTED' } });
    expect(asked.calls).toHaveLength(before);
    expect((await types()).slice(what === 'refund' ? 4 : 2)).toEqual(wanted);
  });

  it('does not keep all of it from being taken', async () => {
    const provider = unable(asked, 'partialCapture');
    await send(authorize, provider);
    expect((await send({ type: 'capture', amount: usd(1_000) }, provider)).reply).toEqual({ outcome: 'accepted' });
  });
});

describe('a refund', () => {
  it('whose end a notice told is not asked for again', async () => {
    await send(authorize, asked);
    await send({ type: 'capture' }, asked);
    await say({ type: 'request-refund', refundId: 'r-1', amount: usd(100), idempotencyKey: 'k' });
    await say({ type: 'record-refund', refundId: 'r-1', reference: 're-1' });
    const { reply } = await send({ type: 'refund', refundId: 'r-1', amount: usd(100) }, asked);
    expect(reply).toEqual({ outcome: 'accepted' });
    expect(asked.movedFor(paymentId)).toEqual(['authorize', 'capture']);
  });
});

describe('an authorisation that the buyer has to confirm', () => {
  it('is recorded with what to do, and decides nothing', async () => {
    const action = { type: 'redirect', url: 'https://bank.example' } as const;
    asked.says = { outcome: 'action-required', reference: 'at-1', action };
    const { reply } = await send(authorize, asked);
    expect(reply).toMatchObject({ outcome: 'unknown' });
    expect((await recorded()).at(-1)).toMatchObject({
      type: 'payment.action-required.v1',
      data: { provider: 'scripted', reference: 'at-1', action },
    });
    asked.says = { outcome: 'succeeded', reference: 'at-1', amount: usd(1_000) };
    expect((await send(authorize, asked)).reply).toEqual({ outcome: 'accepted' });
    expect(asked.requests.at(-1)).toMatchObject({ reference: 'at-1' });
    expect((await recorded()).at(-1)).toMatchObject({ type: 'payment.authorized.v1', data: { amount: usd(1_000) } });
    expect(await types()).toEqual(['requested', 'action-required', 'authorized']);
  });
});

describe('what a provider holds', () => {
  it('is of no use where it is less than was asked for, however often that is asked', async () => {
    asked.says = { outcome: 'succeeded', reference: 'at-1', amount: usd(900) };
    for (let times = 0; times < 2; times += 1) {
      const { reply } = await send(authorize, asked);
      expect(reply).toMatchObject({ outcome: 'refused', refusal: { code: 'PAYMENT.PARTLY_AUTHORIZED' } });
    }
    expect((await recorded()).at(-1)).toMatchObject({ type: 'payment.authorized.v1', data: { amount: usd(900) } });
  });

  it('is taken as far as it was asked for where it is more', async () => {
    asked.says = { outcome: 'succeeded', reference: 'at-1', amount: usd(1_200) };
    await send(authorize, asked);
    await send({ type: 'capture' }, asked);
    expect(asked.requests.at(-1)).toMatchObject({ amount: usd(1_000) });
    expect((await recorded()).at(-1)).toMatchObject({ data: { amount: usd(1_000), authorized: usd(1_000) } });
  });
});
