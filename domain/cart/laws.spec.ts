import fc from 'fast-check';
import { fold } from '../shared/test-support/index.js';
import { cartDecider, cartView } from './index.js';
import type { CartCommand, CartEvent, CartState } from './index.js';
import {
  addItem,
  checkOut,
  itemAdded,
  itemRemoved,
  noTerms,
  openCart,
  opened,
  product,
  productsBySku,
  quantityChanged,
  usd,
} from './test-support/cart-examples.js';

const skus = ['A', 'B', 'C'];
const anySku = fc.constantFrom(...skus);
const anyPrice = fc.integer({ min: 0, max: 100 });

const anyCommand: fc.Arbitrary<CartCommand> = fc.oneof(
  fc.constant(openCart),
  fc.tuple(anySku, anyPrice, fc.integer({ min: 1, max: 9 })).map((item) => addItem(...item)),
  fc.record({ type: fc.constant('change-item-quantity'), sku: anySku, quantity: fc.nat({ max: 5 }) }),
  fc.record({ type: fc.constant('remove-item'), sku: anySku }),
  fc
    .record({ orderId: fc.constantFrom('o-1', 'o-2'), acceptPrices: fc.boolean(), price: anyPrice })
    .map(({ price, ...change }) =>
      checkOut({ ...change, products: productsBySku(...skus.map((sku) => product(sku, price))) }),
    ),
  fc.record({ type: fc.constant('reopen-cart'), orderId: fc.constantFrom('o-1', 'o-2'), code: fc.constant('X.Y') }),
  fc.record({ type: fc.constant('abandon-cart') }),
);

/** Sends the commands one after the other and hands each decision to `look`. */
function journey(commands: readonly CartCommand[], look: (log: readonly CartEvent[], sent: CartCommand) => void) {
  const log: CartEvent[] = [];
  for (const command of [openCart, ...commands]) {
    const decision = cartDecider.decide(command, fold(cartDecider, log));
    if (!decision.accepted) continue;
    log.push(...decision.events);
    look(log, command);
  }
  return log;
}
function existing(state: CartState) {
  if (state.status === 'none') throw new Error('there is no cart');
  return state;
}

describe('the laws of carts', () => {
  it('the total is the sum of the lines, whatever has been done', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 15 }), (commands) => {
        journey(commands, (log) => {
          const state = existing(fold(cartDecider, log));
          const { items, totals } = cartView(state, noTerms);
          for (const { lineTotal, unitPrice, quantity } of items)
            expect(lineTotal.amount).toBe(unitPrice.amount * quantity);
          expect(totals.subtotal).toEqual(usd(items.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0)));
          expect(totals.total).toEqual(totals.subtotal);
          expect(state.subtotal).toBe(totals.subtotal.amount);
        });
      }),
    );
  });

  it('a command that says how things shall be is satisfied when it is sent again', () => {
    const relative = new Set(['add-item', 'remove-item']);
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 15 }), (commands) => {
        journey(commands, (log, sent) => {
          if (relative.has(sent.type) || (sent.type === 'change-item-quantity' && sent.quantity === 0)) return;
          expect(cartDecider.decide(sent, fold(cartDecider, log))).toEqual({ accepted: true, events: [] });
        });
      }),
    );
  });

  it('no command changes an order once it is there: its lines and totals are those of the event', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 15 }), (commands) => {
        journey(commands, (log) => {
          const state = fold(cartDecider, log);
          const sale = log.findLast((event) => event.type === 'cart.checked-out.v1');
          if (state.status !== 'checked-out' || sale?.type !== 'cart.checked-out.v1') return;
          expect(cartView(state, noTerms).totals).toEqual(sale.data.totals);
          expect(sale.data.lines).toMatchObject(cartView(state, noTerms).items);
        });
      }),
    );
  });

  it('commands for different items come to the same lines in any order', () => {
    const perSku = fc.tuple(anyPrice, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
    const each = fc.tuple(...skus.map(() => perSku)).map((values) =>
      values.map(([price, added, wanted], index) => {
        const sku = skus[index] ?? 'A';
        return [itemAdded(sku, price, added), quantityChanged(sku, wanted)];
      }),
    );
    fc.assert(
      fc.property(each, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (histories, order) => {
        const bySku = (groups: readonly (readonly CartEvent[])[]) => {
          const { items, totals } = cartView(fold(cartDecider, [opened, ...groups.flat()]), noTerms);
          return { totals, items: items.toSorted((a, b) => a.sku.localeCompare(b.sku)) };
        };
        expect(bySku(order.map((index) => histories[index] ?? []))).toEqual(bySku(histories));
      }),
    );
  });

  it('folding one event never looks at the other lines', () => {
    const state = existing(fold(cartDecider, [opened, ...skus.map((sku) => itemAdded(sku, 1, 1))]));
    const { lines } = state;
    const walk = () => {
      throw new Error('the lines were walked through');
    };
    for (const name of ['forEach', 'values', 'keys', 'entries', Symbol.iterator] as const) {
      Object.defineProperty(lines, name, { value: walk });
    }
    const events = [
      itemAdded('A', 2, 2, { added: 1 }),
      quantityChanged('B', 5),
      itemAdded('D', 1, 1),
      itemRemoved('C'),
    ];
    expect(existing(events.reduce(cartDecider.evolve, state)).lines).toBe(lines);
  });
});
