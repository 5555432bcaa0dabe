import { given } from '../shared/test-support/index.js';
import { cartAggregate, cartDecider } from './index.js';
import type { CartCommand } from './index.js';
import {
  abandoned,
  addItem,
  checkOut,
  checkedOut,
  itemAdded,
  itemRemoved,
  openCart,
  opened,
  quantityChanged,
  reopened,
  soldLine,
} from './test-support/cart-examples.js';

const nothing = given(cartDecider);
const empty = given(cartDecider).events(opened);
const tea = empty.events(itemAdded('TEA', 500, 2));
const sold = tea.events(checkedOut(soldLine('TEA', 500, 2)));
const changeQuantity = (sku: string, quantity: number): CartCommand => ({
  type: 'change-item-quantity',
  sku,
  quantity,
});
const removeItem = (sku: string): CartCommand => ({ type: 'remove-item', sku });
const reopen = (orderId: string): CartCommand => ({ type: 'reopen-cart', orderId, code: 'PAYMENT.DECLINED' });
const abandon: CartCommand = { type: 'abandon-cart' };

describe('opening a cart', () => {
  it('records its currency and the client’s own reference', () => {
    nothing.when(openCart).thenOnce(opened);
  });

  it('records the customer when there is one, and no reference when there is none', () => {
    nothing
      .when({ type: 'open-cart', cartId: 'c-1', currency: 'JPY', customerId: 'u-1' })
      .then({ type: 'cart.opened.v1', data: { cartId: 'c-1', currency: 'JPY', customerId: 'u-1' } });
  });

  it('is refused when the cart is there in another currency', () => {
    empty.when({ ...openCart, currency: 'EUR' }).refused('CART.CURRENCY_MISMATCH');
  });
});

describe('adding an item', () => {
  it('freezes name, categories and price on the line', () => {
    empty.when(addItem('TEA', 500, 2)).then(itemAdded('TEA', 500, 2));
  });

  it('adds up with what is there, and puts the whole line at today’s price', () => {
    tea.when(addItem('TEA', 450, 3)).then(itemAdded('TEA', 450, 5, { added: 3 }));
  });

  it('is refused when the product is priced in another currency', () => {
    empty.when(addItem('TEA', { amount: 500, currency: 'EUR' }, 1)).refused('PRODUCT.NOT_PRICED');
  });

  it('is refused when the line has more than 100,000 units', () => {
    empty.when(addItem('TEA', 1, 100_000)).then(itemAdded('TEA', 1, 100_000));
    empty.when(addItem('TEA', 1, 100_001)).refused('CART.QUANTITY_TOO_LARGE');
    tea.when(addItem('TEA', 1, 99_999)).refused('CART.QUANTITY_TOO_LARGE');
  });

  it('is refused when the cart has more than 500 gift cards', () => {
    const cards = (sku: string, quantity: number): CartCommand => {
      const command = addItem(sku, 2_500, quantity);
      return { ...command, product: { ...command.product, kind: 'gift-card' } };
    };
    const full = empty.events(...empty.when(cards('A', 300)).accepted(), ...empty.when(cards('B', 1)).accepted());
    full.when(cards('C', 199)).accepted();
    full.when(cards('C', 200)).refused('CART.QUANTITY_TOO_LARGE');
    full.when(changeQuantity('A', 499)).accepted();
    full.when(changeQuantity('A', 500)).refused('CART.QUANTITY_TOO_LARGE');
    full.when(addItem('TEA', 1, 100_000)).accepted();
  });

  it('is refused after 2,000 changes, as every other change is, and the cart can still be checked out', () => {
    const changed = empty.events(
      itemAdded('TEA', 1, 1),
      ...Array.from({ length: 1998 }, (_, n) => quantityChanged('TEA', n % 2 === 0 ? 2 : 1)),
    );
    changed.when(changeQuantity('TEA', 9)).then(quantityChanged('TEA', 9));
    const full = changed.events(quantityChanged('TEA', 9));
    for (const change of [addItem('TEA', 1, 1), addItem('MUG', 1, 1), changeQuantity('TEA', 8), removeItem('TEA')]) {
      full.when(change).refused('CART.TOO_LARGE');
    }
    full.when(changeQuantity('TEA', 9)).then();
    expect(full.when(checkOut({ acceptPrices: true })).accepted()).toHaveLength(1);
  });

  it('is refused when it makes more than 500 lines, yet a line that is there can grow', () => {
    const lines = Array.from({ length: 500 }, (_, index) => itemAdded(`S${index}`, 1, 1));
    empty
      .events(...lines)
      .when(addItem('S500', 1, 1))
      .refused('CART.TOO_LARGE');
    empty
      .events(...lines)
      .when(addItem('S499', 1, 1))
      .then(itemAdded('S499', 1, 2, { added: 1 }));
    empty
      .events(...lines, itemRemoved('S0'))
      .when(addItem('S500', 1, 1))
      .then(itemAdded('S500', 1, 1, { lineId: '501' }));
  });

  it('is refused when the subtotal could not be counted exactly', () => {
    const most = Number.MAX_SAFE_INTEGER;
    empty.when(addItem('GOLD', most, 1)).then(itemAdded('GOLD', most, 1));
    empty.when(addItem('GOLD', most, 2)).refused('CART.TOTAL_TOO_LARGE');
    tea.when(addItem('GOLD', most, 1)).refused('CART.TOTAL_TOO_LARGE');
    const third = Math.floor(most / 3);
    tea.when(addItem('TEA', third, 1)).then(itemAdded('TEA', third, 3, { added: 1 }));
  });
});

describe('changing a quantity', () => {
  it('records the new one and leaves the price as it was frozen', () => {
    tea.when(changeQuantity('TEA', 7)).thenOnce(quantityChanged('TEA', 7));
  });

  it('is satisfied when it is the same', () => {
    tea.when(changeQuantity('TEA', 2)).then();
  });

  it('to 0 removes the line', () => {
    tea.when(changeQuantity('TEA', 0)).then(itemRemoved('TEA'));
    empty.when(changeQuantity('TEA', 0)).refused('CART.ITEM_NOT_FOUND');
  });

  it('is refused for an item that is not in the cart', () => {
    tea.when(changeQuantity('COFFEE', 1)).refused('CART.ITEM_NOT_FOUND');
    tea.events(itemRemoved('TEA')).when(changeQuantity('TEA', 1)).refused('CART.ITEM_NOT_FOUND');
  });

  it('is refused beyond 100,000 units and beyond what can be counted', () => {
    tea.when(changeQuantity('TEA', 100_000)).then(quantityChanged('TEA', 100_000));
    tea.when(changeQuantity('TEA', 100_001)).refused('CART.QUANTITY_TOO_LARGE');
    empty
      .events(itemAdded('GOLD', Number.MAX_SAFE_INTEGER, 1))
      .when(changeQuantity('GOLD', 2))
      .refused('CART.TOTAL_TOO_LARGE');
  });
});

describe('removing an item', () => {
  it('takes the line away', () => {
    tea.when(removeItem('TEA')).then(itemRemoved('TEA'));
  });

  it('is refused for an item that is not in the cart', () => {
    tea.events(itemRemoved('TEA')).when(removeItem('TEA')).refused('CART.ITEM_NOT_FOUND');
  });
});

describe('reopening', () => {
  it('makes a cart whose order came to nothing one that can be changed and checked out again', () => {
    sold.when(reopen('o-1')).thenOnce(reopened);
    sold.events(reopened).when(changeQuantity('TEA', 1)).then(quantityChanged('TEA', 1));
    sold
      .events(reopened)
      .when(checkOut({ orderId: 'o-2' }))
      .accepted();
  });

  it.each([
    ['it is checked out for another order', sold, 'o-2'],
    ['it is open', tea, 'o-1'],
    ['it is open again', sold.events(reopened), 'o-1'],
    ['it was abandoned', tea.events(abandoned), 'o-1'],
    ['there is none', nothing, 'o-1'],
  ])('is satisfied when %s', (_, cart, orderId) => {
    cart.when(reopen(orderId)).then();
  });
});

describe('abandoning', () => {
  it('closes an open cart', () => {
    tea.when(abandon).thenOnce(abandoned);
  });

  it('is refused for a cart that is checked out', () => {
    sold.when(abandon).refused('CART.NOT_OPEN');
  });
});

describe('a cart that cannot be changed', () => {
  const commands = [addItem('TEA', 500, 1), changeQuantity('TEA', 1), changeQuantity('TEA', 0), removeItem('TEA')];

  it.each([...commands, checkOut(), abandon])('is one that does not exist: $type', (command) => {
    nothing.when(command).refused('CART.NOT_FOUND');
  });

  it.each([...commands, checkOut({ orderId: 'o-2' })])('is one that is checked out: $type', (command) => {
    sold.when(command).refused('CART.NOT_OPEN');
  });

  it.each([...commands, checkOut()])('is one that was abandoned: $type', (command) => {
    tea.events(abandoned).when(command).refused('CART.NOT_OPEN');
  });
});

describe('the cart’s stream', () => {
  it('is named by its category', () => {
    expect(cartAggregate).toEqual({ category: 'cart', decider: cartDecider });
  });

  it('counts for nothing before it was opened', () => {
    expect(nothing.events(itemAdded('TEA', 500, 2)).state()).toEqual({ status: 'none' });
  });

  it('skips a quantity of a line and the removal of one that it does not have', () => {
    expect(tea.events(quantityChanged('COFFEE', 9), itemRemoved('COFFEE')).state()).toEqual(tea.state());
  });

  it('gives a SKU that was removed a new line id when it is added again', () => {
    tea
      .events(itemRemoved('TEA'))
      .when(addItem('TEA', 500, 1))
      .then(itemAdded('TEA', 500, 1, { lineId: '2' }));
  });
});
