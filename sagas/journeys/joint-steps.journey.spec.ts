import { mock } from 'node:test';
import { streamOf } from '../../domain/shared/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import type { Dispatched } from '../../infra/engine/sagas/index.js';
import type { Dispatch } from '../saga.js';
import { Shop } from '../test-support/shop.js';

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open();
  await shop.receive('TEA', 10);
});
afterEach(() => shop.close());

const LINES = [{ sku: 'TEA', quantity: 1 }];

type Way = (dispatch: Dispatch, ...sent: Parameters<Dispatch>) => Promise<Dispatched>;

/** An order whose command of this key goes another way the first time. */
async function orderWith(key: string, way: Way): Promise<string> {
  let count = 0;
  const running = await shop.start({
    inline: false,
    around: (dispatch) => (sent, context) =>
      sent.key === key && count++ === 0 ? way(dispatch, sent, context) : dispatch(sent, context),
  });
  const orderId = await shop.checkOut(LINES);
  await shop.atRest(running);
  shop.clock.advance(1_000);
  await shop.atRest(running);
  await running.runner.close();
  return orderId;
}

const recorded = async (orderId: string) =>
  (await shop.events(streamOf('saga', `checkout-${orderId}`))).map(({ data }) => {
    const sent = data['sent'] as { key: string }[];
    return sent.map(({ key }) => key).join(' ');
  });

describe('a step that is recorded in one go with what its command records', () => {
  it('is both records of a checkout that goes well', async () => {
    const joint = mock.method(shop.store, 'appendAll');
    const orderId = await orderWith('none', (dispatch, ...sent) => dispatch(...sent));
    const streams = joint.mock.calls.map(({ arguments: [batches] }) => batches.map(({ stream }) => stream));
    expect(streams.filter(({ length }) => length > 1)).toEqual([
      [`saga-checkout-${orderId}`, `payment-${paymentIdOf(orderId)}`],
      [`saga-checkout-${orderId}`, `order-${orderId}`],
    ]);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
  });

  it('is recorded alone where its command is refused, and then hears of it', async () => {
    const orderId = await orderWith('confirm', async (dispatch, ...sent) => {
      await shop.order(sent[0].id, { type: 'request-cancellation', reason: 'changed my mind' });
      return dispatch(...sent);
    });
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'cancellation-requested', 'cancelled']);
    expect((await recorded(orderId)).slice(0, 3)).toEqual(['authorize', 'confirm', 'release:TEA reopen-cart void']);
    expect(shop.provider.movedFor(paymentIdOf(orderId))).toEqual(['authorize', 'void']);
  });

  it('is recorded alone where its command fails, which is sent again', async () => {
    const orderId = await orderWith('confirm', () => Promise.reject(new Error('away')));
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
    expect(await recorded(orderId)).toEqual(['authorize', 'confirm']);
  });

  it('is recorded before the provider is asked also where the request was recorded before', async () => {
    let isRecorded = false;
    const authorize = shop.provider.authorize.bind(shop.provider);
    const orderId = await orderWith('authorize', async (dispatch, sent, context) => {
      // Another process got as far as the request.
      const { unit: _unit, ...before } = context;
      shop.provider.authorize = () => Promise.reject(new Error('killed'));
      await dispatch(sent, before).catch(() => undefined);
      shop.provider.authorize = async (request) => {
        isRecorded = (await recorded(request.orderId)).length === 1;
        return authorize(request);
      };
      return dispatch(sent, context);
    });
    expect(isRecorded).toBe(true);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
    expect(await shop.typesOfPayment(orderId)).toEqual(['requested', 'authorized']);
  });
});
