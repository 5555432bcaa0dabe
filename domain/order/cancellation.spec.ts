import { given } from '../shared/test-support/index.js';
import { orderDecider } from './index.js';
import {
  cancellationRequested,
  cancelled,
  completed,
  confirmed,
  delivered,
  opened,
  partlyCancelled,
  rejected,
  shipped,
  soldPots,
  soldTea,
} from './test-support/an-order.js';
import { commands } from './test-support/commands.js';

const pending = given(orderDecider).events(opened);
const sold = pending.events(confirmed);
const partly = sold.events(shipped(1, { TEA: 2 }));
const { requestCancellation: request, cancel, shipAll } = commands;

describe('asking to cancel', () => {
  it.each([
    ['pending', pending, false],
    ['confirmed', sold, true],
  ])('a %s order takes all of its lines, and nothing remains to be paid', (_, order, isConfirmed) => {
    order.when(request).thenOnce(cancellationRequested({ TEA: 3, POT: 2 }, 0, isConfirmed));
  });

  it('a partly shipped order takes the open lines; what shipped remains, with its tax and the shipping cost', () => {
    partly.when(request).thenOnce(cancellationRequested({ TEA: 1, POT: 2 }, 2_000 + 200 + 500));
    const more = partly.events(shipped(2, { TEA: 1, POT: 1 }));
    more.when(request).then(cancellationRequested({ POT: 1 }, 5_500 + 550 + 500));
  });

  it.each([
    ['shipped', sold.events(shipped(1, { TEA: 3, POT: 2 }, true))],
    ['delivered', sold.events(shipped(1, { TEA: 3, POT: 2 }, true), delivered(1, true))],
    ['completed', sold.events(shipped(1, { TEA: 3, POT: 2 }, true), delivered(1, true), completed)],
    ['rejected', pending.events(rejected)],
    ['cancelled', pending.events(cancellationRequested({ TEA: 3, POT: 2 }, 0, false), cancelled(true))],
  ])('is refused when the order is %s', (status, order) => {
    order.when(request).refused('ORDER.NOT_CANCELLABLE', { status });
  });

  it('stops shipping at once', () => {
    const asked = partly.events(cancellationRequested({ TEA: 1, POT: 2 }, 2_700));
    asked.when(shipAll).refused('ORDER.NOT_SHIPPABLE', { status: 'partially-shipped' });
  });
});

describe('cancelling', () => {
  it('takes sales back from the channel in which they were made', () => {
    const inShop = { type: opened.type, data: { ...opened.data, channel: 'shop-de' } } as const;
    const { type, data } = confirmed;
    const lived = given(orderDecider).events(inShop);
    const confirmedInShop = { type, data: { ...data, channel: 'shop-de' } } as const;
    lived.when(commands.confirm).thenOnce(confirmedInShop);
    const asked = (events: typeof lived) => events.events(cancellationRequested({ TEA: 3, POT: 2 }, 0)).when(cancel);
    const counted = { orderId: 'o1', channel: 'shop-de' };
    const whole = cancelled(true, soldTea(3), soldPots(2));
    asked(lived.events(confirmedInShop)).thenOnce({ ...whole, data: { ...whole.data, ...counted } });
    const part = partlyCancelled([soldTea(1), soldPots(2)], [soldTea(2)]);
    asked(lived.events(confirmedInShop, shipped(1, { TEA: 2 }))).thenOnce({
      ...part,
      data: { ...part.data, ...counted },
    });
  });

  it('an order that was never confirmed takes back no sales', () => {
    const asked = pending.events(cancellationRequested({ TEA: 3, POT: 2 }, 0, false));
    asked.when(cancel).thenOnce(cancelled(true));
    expect(asked.events(cancelled(true)).state()).toMatchObject({ status: 'cancelled', wasConfirmed: false });
  });

  it('a confirmed order takes back all of its sales', () => {
    const asked = sold.events(cancellationRequested({ TEA: 3, POT: 2 }, 0));
    asked.when(cancel).thenOnce(cancelled(true, soldTea(3), soldPots(2)));
    const state = asked.events(cancelled(true, soldTea(3), soldPots(2))).state();
    expect(state).toMatchObject({ status: 'cancelled', wasConfirmed: true });
  });

  it('a partly shipped order takes back the open units, says what it keeps and is left shipped', () => {
    const asked = partly.events(cancellationRequested({ TEA: 1, POT: 2 }, 2_700));
    const event = partlyCancelled([soldTea(1), soldPots(2)], [soldTea(2)]);
    asked.when(cancel).thenOnce(event);
    expect(asked.events(event).state()).toMatchObject({ status: 'shipped', cancellationRequested: true });
    asked.events(event).when(request).refused('ORDER.NOT_CANCELLABLE', { status: 'shipped' });
    asked.events(event).when(shipAll).refused('ORDER.NOT_SHIPPABLE');
  });

  it('a partly shipped order takes back only lines that have open units', () => {
    const asked = sold.events(shipped(1, { TEA: 3 }), cancellationRequested({ POT: 2 }, 3_800));
    asked.when(cancel).then(partlyCancelled([soldPots(2)], [soldTea(3)]));
  });

  it('an order that shipped in parts keeps what all of its shipments took, a line once', () => {
    const asked = partly.events(shipped(2, { TEA: 1, POT: 1 }), cancellationRequested({ POT: 1 }, 6_550));
    asked.when(cancel).then(partlyCancelled([soldPots(1)], [soldTea(3), soldPots(1)]));
  });

  it('leaves the order delivered when all that shipped was delivered before', () => {
    const asked = partly.events(cancellationRequested({ TEA: 1, POT: 2 }, 2_700), delivered(1));
    const state = asked.events(partlyCancelled([soldTea(1), soldPots(2)], [soldTea(2)])).state();
    expect(state).toMatchObject({ status: 'delivered' });
  });

  it('is refused when nobody asked for it', () => {
    pending.when(cancel).refused('ORDER.CANCELLATION_NOT_REQUESTED');
    partly.when(cancel).refused('ORDER.CANCELLATION_NOT_REQUESTED');
    pending.events(rejected).when(cancel).refused('ORDER.CANCELLATION_NOT_REQUESTED');
    sold
      .events(shipped(1, { TEA: 3, POT: 2 }, true))
      .when(cancel)
      .refused('ORDER.CANCELLATION_NOT_REQUESTED');
  });
});
