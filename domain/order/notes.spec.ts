import { given } from '../shared/test-support/index.js';
import { noteOf, orderDecider, type OrderCommand, type OrderEvent } from './index.js';
import { confirmed, opened, rejected, shipped } from './test-support/an-order.js';

const note = { noteId: 'n1', createdAt: '2026-03-02T10:15:00.000Z', text: 'Rings again on Monday' };
const add: OrderCommand = { type: 'add-note', ...note };
const added: OrderEvent = { type: 'order.note-added.v1', data: { orderId: 'o1', personId: 'x', ...note } };
const pending = given(orderDecider).events(opened);

describe('a note', () => {
  it('is taken of an order in any status, and decides nothing', () => {
    pending.when(add).then(added);
    pending.events(rejected).when(add).then(added);
    pending
      .events(confirmed, shipped(1, { TEA: 3, POT: 2 }, true))
      .when(add)
      .then(added);
    pending.events(added).when({ type: 'confirm-order' }).then(confirmed);
  });

  it('is of an order that there is', () => {
    given(orderDecider).events().when(add).refused('ORDER.NOT_FOUND');
  });

  it('says who wrote it; other events are none', () => {
    expect(noteOf(added, 'support:bob')).toEqual([{ ...note, actor: 'support:bob' }]);
    expect(noteOf(opened, 'guest')).toEqual([]);
  });
});
