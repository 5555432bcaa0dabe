import { Driven, event, YES } from '../test-support/drive.js';
import { firstOrderSaga } from './first-order.js';

const confirmed = event('order.confirmed.v1', { orderId: 'o-1', customerId: 'ann', lines: [] });
const idOf = (data: object) => firstOrderSaga.on['order.confirmed.v1']?.id(data as never);
const begun = () => new Driven<object>(firstOrderSaga).happens(confirmed);

describe('the first order of an account', () => {
  it('is looked for in orders of accounts and in no guest’s', () => {
    expect([idOf({ orderId: 'o-1', customerId: 'ann' }), idOf({ orderId: 'o-1' })]).toEqual(['o-1', null]);
  });

  it('is for the account to say, which is told once of each order', () => {
    const saga = begun().happens(confirmed);
    expect(saga.sent).toEqual([
      {
        key: 'note-confirmed-order',
        target: 'customer',
        id: 'ann',
        command: { type: 'note-confirmed-order', customerId: 'ann', orderId: 'o-1' },
      },
    ]);
    expect(saga.done).toBe(false);
  });

  it('is over with the answer, and leaves nothing in the log', () => {
    const saga = begun().answered(YES, 'note-confirmed-order');
    expect([saga.done, saga.recorded]).toEqual([true, []]);
  });
});
