import { sagas } from '../../sagas/index.js';
import type { JsonObject } from '../../domain/shared/index.js';
import { EventLog, fold, shown } from '../shared/test-support/index.js';
import { SAGA_NAMES, sagasReadModel, sagaStepsModel, type SagaName } from './index.js';

const stepType = (name: SagaName) => `saga.${name}.stepped.v1`;

type Part = Readonly<Record<string, unknown>>;

const command = (key: string, more: Part = {}): Part => ({
  key,
  commandId: `command-of-${key}`,
  target: 'payment-gateway',
  id: 'p1',
  command: { type: 'capture', orderId: 'o1' },
  ...more,
});

/** A step as the runner records it. */
const step = (name: SagaName, more: Part = {}) => ({
  type: stepType(name),
  data: {
    inputs: [],
    now: '2026-11-05T12:00:00.000Z',
    state: {},
    sent: [],
    waiting: [],
    timers: {},
    done: false,
    position: null,
    seed: 'seed',
    ...more,
  } as JsonObject,
});
const checkedOut = { type: 'cart.checked-out.v1', data: { orderId: 'o1' } };
const confirmed = { type: 'order.confirmed.v1', data: { orderId: 'o1' } };

const at = (second: number): string => `2026-11-05T12:00:0${second}.000Z`;

describe('the processes', () => {
  it('are those of the shop', () => {
    expect(sagas.map(({ name }) => name).toSorted()).toEqual([...SAGA_NAMES]);
    const types = Object.keys(sagasReadModel.on).filter((type) => type.startsWith('saga.'));
    expect(types).toEqual(SAGA_NAMES.map(stepType));
  });

  it.each([
    ['running', { sent: [command('money')] }],
    ['running', { waiting: [command('money')], timers: { later: at(9) } }],
    ['waiting', { sent: [command('flag', { unawaited: true })] }],
    ['waiting', { timers: { later: at(9) } }],
    ['stuck', { stuck: true, waiting: [command('money')] }],
    ['done', { done: true }],
  ])('are %s by what their last step says', (state, last) => {
    const log = new EventLog().append('saga-refund-r1', step('refund', { ...last, state: { orderId: 'o1' } }));
    const expected = { name: 'refund', id: 'r1', orderId: 'o1', state, since: at(1), version: 0 };
    expect(fold(sagasReadModel, log.events).get('refund/r1')).toEqual(expected);
  });

  it('are in their state since they came into it', () => {
    const log = new EventLog()
      .append('saga-fulfilment-o1', step('fulfilment', { sent: [command('money')] }))
      .append('saga-fulfilment-o1', step('fulfilment', { sent: [command('other')] }))
      .append('saga-fulfilment-o1', step('fulfilment', { stuck: true }));
    const [, second] = [...log.events.keys()].map((n) => fold(sagasReadModel, log.events.slice(0, n + 1)));
    expect(second?.get('fulfilment/o1')).toMatchObject({ state: 'running', since: at(1), version: 1 });
    expect(fold(sagasReadModel, log.events).get('fulfilment/o1')).toMatchObject({ state: 'stuck', since: at(3) });
  });

  it('are about the order that a command of theirs is for, where nothing else says it', () => {
    const flag = command('flag', { target: 'order', id: 'o7' });
    const log = new EventLog()
      .append('saga-dispute-p7', step('dispute', { sent: [flag], stuck: true }))
      .append('saga-dispute-p7', step('dispute'))
      .append('saga-price-window-tea', step('price-window'));
    const rows = fold(sagasReadModel, log.events);
    expect(rows.get('dispute/p7')).toMatchObject({ orderId: 'o7', state: 'waiting' });
    expect(rows.get('price-window/tea')).not.toHaveProperty('orderId');
  });
});

describe('a checkout', () => {
  it('begins with the cart and ends with the order, recorded or not', () => {
    const log = new EventLog().append('cart-c1', checkedOut);
    expect(fold(sagasReadModel, log.events).get('checkout/o1')).toMatchObject({ state: 'running', version: -1 });
    log.append('order-o1', confirmed);
    expect(fold(sagasReadModel, log.events).get('checkout/o1')).toMatchObject({ state: 'done', since: at(2) });
  });

  it('is done by its order also where its own record stands behind that in the log', () => {
    const log = new EventLog()
      .append('saga-checkout-o1', step('checkout', { sent: [command('authorize')] }))
      .append('cart-c1', checkedOut)
      .append('order-o1', confirmed)
      .append('saga-checkout-o1', step('checkout', { sent: [command('confirm')] }));
    const expected = { state: 'done', since: at(3), version: 1 };
    expect(fold(sagasReadModel, log.events).get('checkout/o1')).toMatchObject(expected);
  });
});

describe('the steps of a process', () => {
  const reply = (outcome: string, code?: string) => ({
    inputs: [{ reply: 'money', outcome, ...(code === undefined ? {} : { code }) }],
  });
  const stepsAfter = (...records: readonly Part[]) => {
    const log = new EventLog();
    for (const record of records) log.append('saga-fulfilment-o1', step('fulfilment', record));
    return shown(sagaStepsModel('fulfilment'), 'o1', log.events);
  };
  const asked = { sent: [command('money')] };
  const refused = { ...reply('refused', 'PAYMENT.DECLINED'), timers: { 'capture-again': at(9), other: at(1) } };

  it('tell what is unanswered, and how often it was sent', () => {
    const steps = stepsAfter({ ...asked, timers: { other: at(1) } }, refused, { ...asked, timers: { other: at(1) } });
    expect(steps?.unanswered).toEqual([
      { commandId: 'command-of-money', key: 'money', target: 'payment-gateway', id: 'p1', type: 'capture' },
    ]);
    expect(steps?.sendings.get('money')).toBe(2);
    expect(steps?.failure).toEqual({ key: 'money', code: 'PAYMENT.DECLINED', nextAt: null });
    expect(steps?.steps).toHaveLength(3);
  });

  it('tell when what was refused is tried again: by the timer that was set then', () => {
    const steps = stepsAfter({ ...asked, timers: { other: at(1) } }, refused);
    expect(steps).toMatchObject({ state: 'waiting', failure: { nextAt: at(9) }, unanswered: [] });
  });

  it('forget what was refused once it is accepted', () => {
    const steps = stepsAfter(asked, refused, asked, reply('accepted'));
    expect(steps?.failure).toBeNull();
    expect(steps?.sendings.size).toBe(0);
  });

  it('say of no answer that it was none', () => {
    expect(stepsAfter(asked, reply('unknown'))?.failure).toEqual({ key: 'money', code: null, nextAt: null });
  });

  it('leave nothing to be done where the process is', () => {
    const steps = stepsAfter(asked, { ...refused, done: true, waiting: [command('money')] });
    expect(steps).toMatchObject({ state: 'done', timers: {}, unanswered: [], failure: null });
  });
});
