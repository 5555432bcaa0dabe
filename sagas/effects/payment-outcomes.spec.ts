import { randomUUID } from 'node:crypto';
import { paymentAggregate, type PaymentCommand } from '../../domain/payment/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { paymentProviders } from '../../infra/payment-provider/index.js';
import type { Dispatched } from '../../infra/engine/sagas/index.js';
import { bySaga, DecidingLog } from '../test-support/deciding-log.js';
import { ScriptedProvider } from '../test-support/scripted-provider.js';
import type { CheckoutReader } from './aggregate-targets.js';
import type { PaymentGatewayCommand } from './commands.js';
import { paymentGateway } from './payment-gateway.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const source = { cartId: 'c', revision: 1 };
const authorize: PaymentGatewayCommand = { type: 'authorize', orderId: 'o-1', amount: usd(1_000), source };
const capture: PaymentGatewayCommand = { type: 'capture' };
const letGo: PaymentGatewayCommand = { type: 'void', orderId: 'o-1', reason: 'cancelled' };
const refund = (amount: number, refundId = 'r-1'): PaymentGatewayCommand => ({
  type: 'refund',
  refundId,
  amount: usd(amount),
});

const CAUSE = 'the event that the saga took';
const YES = { outcome: 'accepted' };
const no = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });
const SILENCE = { outcome: 'unknown', detail: 'no answer' } as const;
const REFUSED = { outcome: 'refused', code: 'PAYMENT.DECLINED', detail: 'The provider said no.' } as const;

let log: DecidingLog;
let provider: ScriptedProvider;
let paymentId: string;
let token: string | null;
let isForgotten: boolean;
let forgottenCheckouts: object[];
beforeAll(async () => (log = await DecidingLog.open()));
afterAll(() => log.close());
beforeEach(() => {
  provider = new ScriptedProvider();
  paymentId = randomUUID();
  token = 'tok_ok';
  isForgotten = false;
  forgottenCheckouts = [];
});

/** The log once the key of the person is gone. */
const withoutTokens = (store: EventStore): EventStore => ({
  ...store,
  read: async function* (stream, options) {
    for await (const event of store.read(stream, options)) {
      yield 'token' in event.data ? { ...event, data: { ...event.data, token: null } } : event;
    }
  },
});

const send = async (...commands: readonly PaymentGatewayCommand[]) => (await dispatched(...commands))?.reply;

/** Sends commands one after the other, each caused by the same event; answers what the last one came to. */
async function dispatched(...commands: readonly PaymentGatewayCommand[]) {
  const checkouts = {
    read: async () => ({
      personId: 'x',
      personal: token === null ? null : { paymentToken: token },
      paymentProvider: provider.name,
    }),
    forget: (source: object) => forgottenCheckouts.push(source),
  } as never as CheckoutReader;
  const { executor } = log;
  const eventStore = isForgotten ? withoutTokens(log.store) : log.store;
  const providers = paymentProviders(provider);
  const gateway = paymentGateway({ executor, eventStore, providers, checkouts, now: Date.now });
  let last: Dispatched | undefined;
  for (const command of commands) last = await gateway(paymentId, command, { ...bySaga(), causationId: CAUSE });
  return last;
}

const happens = (command: PaymentCommand) => log.act(paymentAggregate, paymentId, command);
const recorded = () => log.events(`payment-${paymentId}`);
const types = async () => (await recorded()).map(({ type }) => type.split('.')[1]);
const answering = (operation: 'capture' | 'void' | 'refund', outcome: typeof SILENCE | typeof REFUSED) =>
  Object.assign(provider, { [operation]: async () => outcome });

describe('an authorisation', () => {
  it('is asked for with one key, however often, and what the order was checked out with is forgotten then', async () => {
    token = 'tok_slow';
    expect(await send(authorize, authorize)).toMatchObject({ outcome: 'unknown' });
    expect(forgottenCheckouts).toEqual([]);
    expect(await send(authorize)).toEqual(YES);
    expect(new Set(provider.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(forgottenCheckouts).toEqual([source]);
    expect([await types(), provider.requests.length]).toEqual([['requested', 'authorized'], 3]);
  });

  it('is recorded as declined with what the provider said', async () => {
    token = 'tok_declined';
    expect(await send(authorize)).toEqual(no('PAYMENT.DECLINED'));
    expect((await recorded()).at(-1)?.data).toMatchObject({
      code: 'PAYMENT.DECLINED',
      detail: 'The provider said no.',
    });
    expect(forgottenCheckouts).toHaveLength(1);
  });

  it('is not asked for again once it is held, taken, let go or given up', async () => {
    await send(authorize);
    expect(await send(authorize)).toEqual(YES);
    expect(await send(capture, authorize)).toEqual(YES);
    const isAsked = () => provider.calls.filter((call) => call === `authorize ${paymentId}`).length;
    expect(isAsked()).toBe(1);
    for (const end of ['void', 'failure'] as const) {
      paymentId = randomUUID();
      token = 'tok_silent';
      await send(authorize);
      if (end === 'void') await send(letGo);
      else await happens({ type: 'fail-payment', code: 'PAYMENT.TIMEOUT', detail: 'Too late.' });
      expect([await send(authorize), isAsked()]).toEqual([no('PAYMENT.TIMEOUT'), 1]);
    }
  });

  it('is neither requested nor asked for without a means of payment, whose person is forgotten', async () => {
    token = null;
    expect(await send(authorize)).toEqual(no('PAYMENT.TIMEOUT'));
    expect([await types(), provider.calls]).toEqual([[], []]);
  });

  it('is asked for no more once its person is forgotten, and what may be held is let go without the token', async () => {
    token = 'tok_silent';
    await send(authorize);
    [token, isForgotten] = [null, true];
    expect(await send(authorize)).toEqual(no('PAYMENT.DECLINED'));
    expect(provider.calls).toHaveLength(1);
    expect(await send(letGo)).toEqual(YES);
    expect(provider.requests.at(-1)).toMatchObject({ token: '' });
    expect(await types()).toEqual(['requested', 'void-requested', 'voided']);
  });

  it('keeps to what was requested first, also once the checkout has forgotten its means of payment', async () => {
    token = 'tok_slow';
    await send(authorize, authorize);
    token = null;
    expect(await send(authorize)).toEqual(YES);
    expect(new Set(provider.requests.map(({ token: used }) => used))).toEqual(new Set(['tok_slow']));
  });
});

describe('a capture', () => {
  it('takes all that was asked for, once', async () => {
    expect(await send(authorize, capture)).toEqual(YES);
    expect(await send(capture)).toEqual(YES);
    expect(provider.calls).toEqual([`authorize ${paymentId}`, `capture ${paymentId}`]);
    expect((await recorded()).at(-1)?.data).toMatchObject({ amount: usd(1_000), authorized: usd(1_000) });
  });

  it('takes what is held where that is less, and has an id by which it is told apart', async () => {
    provider.says = { outcome: 'succeeded', reference: 'at-1', amount: usd(900) };
    await send(authorize, capture);
    const [requested, taken] = (await recorded()).slice(-2).map(({ data }) => data);
    expect([requested, taken]).toMatchObject([{ amount: usd(900) }, { amount: usd(900) }]);
    expect(requested?.['captureId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(taken?.['captureId']).toBe(requested?.['captureId']);
  });

  it('takes the part that it names', async () => {
    expect(await send(authorize, { type: 'capture', amount: usd(400) })).toEqual(YES);
    expect(provider.requests.at(-1)).toMatchObject({ amount: usd(400) });
  });

  it.each([
    ['nothing was requested', []],
    ['the buyer has not paid yet', [authorize]],
  ])('is refused where %s, and asks nobody', async (_, before) => {
    token = 'tok_silent';
    expect(await send(...before, capture)).toEqual(no('PAYMENT.NOT_AUTHORIZED'));
    expect(await send(...before, { type: 'capture', amount: usd(400) })).toEqual(no('PAYMENT.NOT_AUTHORIZED'));
    expect(provider.calls).not.toContain(`capture ${paymentId}`);
  });

  it('that is refused is recorded, and asked for with another key the next time', async () => {
    token = 'tok_no_capture';
    expect(await send(authorize, capture)).toEqual(no('PAYMENT.CAPTURE_REFUSED'));
    expect((await types()).slice(2)).toEqual(['capture-requested', 'capture-failed']);
    provider.relents = true;
    expect(await send(capture)).toEqual(YES);
  });

  it('that is not answered is sent again with the same key', async () => {
    const { capture: answer } = provider;
    answering('capture', SILENCE);
    await expect(send(authorize, capture)).rejects.toThrow(`no answer for payment ${paymentId}`);
    expect((await types()).at(-1)).toBe('capture-requested');
    const requested = (await recorded()).at(-1)?.data;
    Object.assign(provider, { capture: answer });
    expect(await send(capture)).toEqual(YES);
    expect(provider.requests.at(-1)?.idempotencyKey).toBe(requested?.['idempotencyKey']);
  });
});

describe('a void', () => {
  it('lets the money go that is held, once', async () => {
    expect(await send(authorize, letGo)).toEqual(YES);
    expect(await send(letGo)).toEqual(YES);
    expect(provider.calls).toEqual([`authorize ${paymentId}`, `void ${paymentId}`]);
    expect((await recorded()).at(-1)?.data).toMatchObject({ amount: usd(1_000), requested: true });
  });

  it('names the authorisation that it voids, though the provider never said what it is called', async () => {
    token = 'tok_silent';
    await send(authorize, letGo);
    const [asked, voided] = provider.requests;
    expect(voided).toMatchObject({ authorizationKey: asked?.idempotencyKey, reference: null });
    expect(voided?.idempotencyKey).not.toBe(asked?.idempotencyKey);
  });

  it('that is refused stays requested', async () => {
    answering('void', REFUSED);
    expect(await send(authorize, letGo)).toEqual(no('PAYMENT.DECLINED'));
    expect((await types()).at(-1)).toBe('void-requested');
  });

  it('is refused where the money was taken', async () => {
    expect(await send(authorize, capture, letGo)).toEqual(no('PAYMENT.ALREADY_CAPTURED'));
    expect(provider.calls).not.toContain(`void ${paymentId}`);
  });
});

describe('a refund', () => {
  it('gives back what was taken, as often as it is another one', async () => {
    expect(await send(authorize, capture, refund(400), refund(400, 'r-2'))).toEqual(YES);
    expect(provider.requests.slice(2)).toEqual([
      expect.objectContaining({ refundId: 'r-1', amount: usd(400) }),
      expect.objectContaining({ refundId: 'r-2', amount: usd(400) }),
    ]);
    expect(await send(refund(400, 'r-3'))).toEqual(no('PAYMENT.REFUND_EXCEEDS_CAPTURED'));
    expect(provider.requests).toHaveLength(4);
  });

  it('is refused before anything was taken', async () => {
    expect(await send(authorize, refund(400))).toEqual(no('PAYMENT.REFUND_EXCEEDS_CAPTURED'));
  });

  it('that is refused is recorded, and its money can be refunded after all', async () => {
    token = 'tok_no_refund';
    expect(await send(authorize, capture, refund(1_000))).toEqual(no('PAYMENT.REFUND_REFUSED'));
    expect((await types()).slice(-2)).toEqual(['refund-requested', 'refund-failed']);
    provider.relents = true;
    expect(await send(refund(1_000, 'r-2'))).toEqual(YES);
  });
});

describe('the events of a payment', () => {
  const RESULTS = {
    yes: [authorize, capture, refund(400)],
    'a decline': [authorize],
    'a void': [authorize, letGo],
  } as const;

  it.each(Object.entries(RESULTS))(
    'lead back to what the saga took, request by request: %s',
    async (what, commands) => {
      if (what === 'a decline') token = 'tok_declined';
      const { lastEventId } = (await dispatched(...commands)) ?? {};
      const events = await recorded();
      const causes = events.map(({ metadata }) => metadata.causationId);
      // Every second one is the provider's answer to the request before it.
      expect(causes).toEqual(events.map((_, place) => (place % 2 === 0 ? CAUSE : events[place - 1]?.id)));
      expect(lastEventId).toBe(events.at(-1)?.id);
    },
  );

  it.each(['authorize', 'capture', 'refund'] as const)('end a reply with the refusal: %s', async (refused) => {
    token = { authorize: 'tok_declined', capture: 'tok_no_capture', refund: 'tok_no_refund' }[refused];
    const until = { authorize: 1, capture: 2, refund: 3 }[refused];
    const answer = await dispatched(...[authorize, capture, refund(400)].slice(0, until));
    expect(answer).toEqual({ reply: expect.objectContaining({ outcome: 'refused' }), lastEventId: await lastId() });
  });

  it('end a reply with the request where the provider has decided nothing, or a refusal is kept nowhere', async () => {
    token = 'tok_silent';
    expect((await dispatched(authorize))?.lastEventId).toBe(await lastId());
    answering('void', REFUSED);
    expect((await dispatched(letGo))?.lastEventId).toBe(await lastId());
  });

  const lastId = async () => (await recorded()).at(-1)?.id;
});
