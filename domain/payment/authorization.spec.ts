import { given } from '../shared/test-support/index.js';
import { paymentAggregate, paymentDecider, paymentView } from './index.js';
import type { PaymentEvent } from './index.js';
import {
  action,
  captured,
  captureFailed,
  captureRequested,
  commands,
  facts,
  refundRequested,
  usd,
  voided,
} from './test-support/facts.js';

const payment = given(paymentDecider);
const { requested, closed, actionRequired, authorized, declined, failed, voidRequested } = facts;
const { request, requireAction, authorize, decline, fail, requestVoid, recordVoid } = commands;
const taken = [requested, authorized, captureRequested(10_000), captured(10_000)] as const;

describe('requesting a payment', () => {
  it('records it once, before the provider is called', () => {
    payment.when(request).thenOnce(requested);
    payment
      .events(...taken)
      .when(request)
      .then();
  });

  it('is refused for another order, amount or currency', () => {
    const known = payment.events(requested);
    known.when({ ...request, orderId: 'o2' }).refused('PAYMENT.ALREADY_REQUESTED');
    known.when({ ...request, amount: usd(1) }).refused('PAYMENT.ALREADY_REQUESTED');
    known.when({ ...request, amount: { amount: 10_000, currency: 'EUR' } }).refused('PAYMENT.ALREADY_REQUESTED');
  });

  it('takes whole amounts from zero on', () => {
    payment.when({ ...request, amount: usd(-1) }).refused('PAYMENT.INVALID_AMOUNT');
    payment.when({ ...request, amount: usd(0.5) }).refused('PAYMENT.INVALID_AMOUNT');
    const nothing = { ...requested, data: { ...requested.data, amount: usd(0) } };
    payment.when({ ...request, amount: usd(0) }).thenOnce(nothing);
  });

  it('comes before everything else', () => {
    payment.when(authorize).refused('PAYMENT.NOT_FOUND');
    expect(payment.events(authorized).state()).toEqual({ status: 'none', closed: false });
  });

  it('is refused once the order was let go without a payment', () => {
    payment.when(requestVoid).thenOnce(closed);
    const over = payment.events(closed);
    over.when(request).refused('PAYMENT.CLOSED');
    over.when(authorize).refused('PAYMENT.NOT_FOUND');
    expect(paymentView(over.state())).toBeNull();
  });
});

describe('an authorisation', () => {
  it('holds the money, once', () => {
    payment.events(requested).when(authorize).thenOnce(authorized);
    payment
      .events(...taken)
      .when(authorize)
      .then();
    payment.events(requested, authorized, voidRequested, voided(10_000)).when(authorize).then();
  });

  it('knows when it ends, where the provider said so, as long as the money is held', () => {
    const until = { ...authorized, data: { ...authorized.data, expiresAt: '2026-11-27T09:15:00.000Z' } };
    payment
      .events(requested)
      .when({ ...authorize, expiresAt: '2026-11-27T09:15:00.000Z' })
      .thenOnce(until);
    const held = payment.events(requested, until);
    expect(paymentView(held.state())).toMatchObject({ expiresAt: '2026-11-27T09:15:00.000Z' });
    expect(paymentView(payment.events(requested, authorized).state())).not.toHaveProperty('expiresAt');
    const ends = [captureRequested(10_000), captured(10_000)];
    expect(paymentView(held.events(...ends).state())).not.toHaveProperty('expiresAt');
    expect(paymentView(held.events(voidRequested, voided(10_000)).state())).not.toHaveProperty('expiresAt');
  });

  it('holds what the provider says that it holds, in the currency that was asked for', () => {
    const less = { ...authorized, data: { ...authorized.data, amount: usd(6_000) } };
    const asked = payment.events(requested);
    asked.when({ ...authorize, amount: usd(6_000) }).thenOnce(less);
    expect(paymentView(asked.events(less).state())).toMatchObject({ authorized: usd(6_000) });
    asked.when({ ...authorize, amount: { amount: 1, currency: 'EUR' } }).refused('PAYMENT.CURRENCY_MISMATCH');
  });

  it.each([
    ['failed', [failed]],
    ['was declined', [declined]],
    ['was voided while its outcome was unknown', [voidRequested, voided(0)]],
  ])('that comes after the payment %s is held money to be voided', (_, before) => {
    const late = payment.events(requested, ...before);
    late.when(authorize).thenOnce(authorized);
    const held = late.events(authorized);
    expect(paymentView(held.state())).toMatchObject({ status: 'authorized', authorized: usd(10_000) });
    held.when(requestVoid).thenOnce(voidRequested);
    held.events(voidRequested).when(recordVoid).thenOnce(voided(10_000));
  });
});

describe('an action that is required of the buyer', () => {
  const waiting = payment.events(requested, actionRequired);

  it('is recorded once, and again where it is another one', () => {
    payment.events(requested).when(requireAction).thenOnce(actionRequired);
    const other = { ...action, url: 'https://bank.example/again' };
    waiting
      .when({ ...requireAction, action: other })
      .then({ ...actionRequired, data: { ...actionRequired.data, action: other } });
  });

  it('is shown until the provider has decided, or nobody waits any more', () => {
    expect(paymentView(waiting.state())).toMatchObject({ status: 'requested', action, authorized: usd(0) });
    for (const end of [authorized, declined, failed, voided(0)]) {
      expect(paymentView(waiting.events(end).state())).not.toHaveProperty('action');
    }
  });

  it('that is heard of later has been overtaken', () => {
    for (const end of [authorized, declined, failed, voidRequested]) {
      payment.events(requested, end).when(requireAction).then();
    }
  });

  it('is forgotten with the person', () => {
    const forgotten = { ...actionRequired, data: { ...actionRequired.data, action: null } };
    expect(paymentView(payment.events(requested, forgotten).state())).not.toHaveProperty('action');
  });
});

describe('a decline', () => {
  it('is recorded once, also after waiting had been given up', () => {
    payment.events(requested).when(decline).thenOnce(declined);
    payment.events(requested, failed).when(decline).thenOnce(declined);
  });

  it('says nothing new when the payment was voided without ever holding money', () => {
    payment.events(requested, voidRequested, voided(0)).when(decline).then();
  });

  it('is refused when it contradicts an authorisation', () => {
    const conflict = { status: 'authorized', outcome: 'declined' };
    payment.events(requested, authorized).when(decline).refused('PAYMENT.CONFLICTING_OUTCOME', conflict);
    payment
      .events(...taken)
      .when(decline)
      .refused('PAYMENT.CONFLICTING_OUTCOME');
    payment
      .events(requested, authorized, voidRequested, voided(10_000))
      .when(decline)
      .refused('PAYMENT.CONFLICTING_OUTCOME');
  });
});

describe('giving up waiting', () => {
  it('fails a payment without a definite answer, once', () => {
    payment.events(requested).when(fail).thenOnce(failed);
    payment.events(requested, voidRequested).when(fail).then(failed);
  });

  it.each([
    ['authorised', [authorized]],
    ['declined', [declined]],
    ['voided', [voidRequested, voided(0)]],
  ])('is satisfied when the payment is %s', (_, before) => {
    payment
      .events(requested, ...before)
      .when(fail)
      .then();
  });
});

describe('letting money go', () => {
  it('is asked for and recorded once, with what was held', () => {
    const held = payment.events(requested, authorized);
    held.when(requestVoid).thenOnce(voidRequested);
    held.events(voidRequested).when(recordVoid).thenOnce(voided(10_000));
    expect(paymentView(held.events(voidRequested, voided(10_000)).state())).toEqual({
      paymentId: 'p1',
      orderId: 'o1',
      status: 'voided',
      authorized: usd(0),
      captured: usd(0),
      refunded: usd(0),
    });
  });

  it('is possible while the outcome is unknown, with nothing known to be held', () => {
    for (const before of [[requested], [requested, failed]]) {
      payment
        .events(...before)
        .when(requestVoid)
        .thenOnce(voidRequested);
      payment
        .events(...before, voidRequested)
        .when(recordVoid)
        .thenOnce(voided(0));
    }
  });

  it('goes on when the authorisation comes while the void is under way', () => {
    const late = payment.events(requested, voidRequested, authorized);
    late.when(requestVoid).then();
    late.when(recordVoid).then(voided(10_000));
  });

  it('is satisfied when there is nothing to let go', () => {
    payment.events(requested, declined).when(requestVoid).then();
    payment.events(requested, voidRequested, declined).when(recordVoid).then();
    payment.events(requested, voidRequested, voided(0)).when(requestVoid).then();
  });

  it('is refused when the money was taken or is just being taken', () => {
    payment
      .events(...taken)
      .when(requestVoid)
      .refused('PAYMENT.ALREADY_CAPTURED');
    const taking = payment.events(requested, authorized, captureRequested(10_000));
    taking.when(requestVoid).refused('PAYMENT.CAPTURE_UNDER_WAY');
  });

  it('is recorded too where nobody asked for it: the provider let go by itself', () => {
    payment.events(requested, authorized).when(recordVoid).thenOnce(voided(10_000, false));
    payment.events(requested).when(recordVoid).thenOnce(voided(0, false));
  });

  it('is not recorded when the money was taken', () => {
    payment
      .events(...taken)
      .when(recordVoid)
      .refused('PAYMENT.CONFLICTING_OUTCOME');
  });
});

describe('a payment', () => {
  it('is nothing before it was requested', () => {
    expect(paymentView(payment.state())).toBeNull();
  });

  it('has a stream of its own', () => {
    expect(paymentAggregate).toMatchObject({ category: 'payment', decider: paymentDecider });
  });

  it.each<[string, readonly PaymentEvent[], readonly PaymentEvent[]]>([
    ['requested', [requested], [captureRequested(1), captureFailed(1), refundRequested('r1', 1)]],
    ['authorised', [requested, authorized], [failed, actionRequired, refundRequested('r1', 1)]],
    ['voided', [requested, authorized, voided(10_000)], [failed, actionRequired, captureRequested(1), voidRequested]],
    ['captured', taken, [failed, voidRequested, captureRequested(1)]],
  ])('that is %s is not changed by facts that do not fit its state', (_, before, others) => {
    const kept = payment.events(...before);
    for (const fact of others) expect(kept.events(fact).state()).toEqual(kept.state());
  });

  it('goes by the first id that the provider gave it: its later facts have ids of their own', () => {
    expect(payment.events(requested).state()).toMatchObject({ reference: null });
    expect(payment.events(...taken).state()).toMatchObject({ reference: 'at_1' });
    const late = { ...authorized, data: { ...authorized.data, reference: 'at_2' } };
    expect(payment.events(requested, actionRequired, late).state()).toMatchObject({ reference: 'at_1' });
    expect(payment.events(requested, declined, late).state()).toMatchObject({ reference: 'at_1' });
    expect(payment.events(requested, voided(0)).state()).toMatchObject({ reference: null });
  });
});
