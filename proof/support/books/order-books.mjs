// The orders, folded from the log: what was ordered, how it ended, what left.

const plus = (map, key, units) => map.set(key, (map.get(key) ?? 0) + units);

/** SKU → units of so many of a line: of a bundle its components. */
function unitsOf(line, quantity, units) {
  for (const part of line.components ?? [line]) plus(units, part.sku, (part.quantity / line.quantity) * quantity);
}

function newOrder({ orderId, orderNumber, cartId, lines, totals }) {
  const ordered = new Map();
  for (const line of lines) unitsOf(line, line.quantity, ordered);
  return {
    orderId,
    orderNumber,
    cartId,
    lines,
    totals,
    ordered,
    shipped: new Map(),
    cancelled: new Map(),
    status: 'open',
  };
}

const EFFECTS = {
  'order.confirmed.v1': (order) => (order.status = 'sold'),
  'order.rejected.v1': (order) => (order.status = 'let go'),
  'order.cancellation-requested.v1': (order, { lines, remaining }) => {
    order.isCancelling = true;
    order.remaining = remaining.amount;
    for (const part of lines) unitsOf(lineOf(order, part), part.quantity, order.cancelled);
  },
  'order.cancelled.v1': (order, { wholly }) => {
    order.isCancelling = false;
    if (wholly) order.status = 'let go';
  },
  'order.shipment-created.v1': (order, { lines, complete }) => {
    order.isComplete = complete;
    for (const part of lines) unitsOf(lineOf(order, part), part.quantity, order.shipped);
  },
  'order.attention-needed.v1': (order) => (order.needsPerson = true),
};

/** What an event says of the order before it. */
const IN_TURN = {
  'order.confirmed.v1': ({ status }) => status === 'open',
  'order.rejected.v1': ({ status }) => status === 'open',
  'order.cancellation-requested.v1': ({ status }, { confirmed }) => confirmed === (status === 'sold'),
  'order.cancelled.v1': ({ isCancelling }) => isCancelling,
  'order.shipment-created.v1': ({ status }) => status === 'sold',
};

const lineOf = ({ lines }, { lineId }) => lines.find((line) => line.lineId === lineId);

/** The order's total is what its lines cost, to the minor unit. */
function totalFaults({ orderId, lines, totals }) {
  const sum = lines.reduce((total, { lineTotal }) => total + lineTotal.amount, 0);
  const { subtotal, discount, shipping, tax, total } = totals;
  const isRight = subtotal.amount === sum && total.amount === sum - discount.amount + shipping.amount + tax.amount;
  return isRight ? [] : [`order ${orderId}: lines of ${sum} do not add up to ${JSON.stringify(totals)}`];
}

/** What an event adds to the sales report. */
function soldBy(type, { lines, kept = [] }) {
  const sign = type === 'order.confirmed.v1' ? 1 : -1;
  const sum = (valueOf) => sign * lines.reduce((total, line) => total + valueOf(line), 0);
  const orders = lines.length > 0 && kept.length === 0 ? sign : 0;
  return { orders, units: sum(({ quantity }) => quantity), revenue: sum(({ revenue }) => revenue.amount) };
}

export class OrderBooks {
  faults = [];
  #sold = { orders: 0, units: 0, revenue: 0 };
  #orders = new Map();
  /** Orders that a checkout has promised. */
  #promised = new Set();

  add({ type, data }) {
    if (type === 'cart.checked-out.v1') this.#promised.add(data.orderId);
    if (type === 'order.opened.v1') this.#open(data);
    const order = this.#orders.get(data.orderId);
    if (type.startsWith('order.') && order === undefined)
      this.faults.push(`${type} of order ${data.orderId}, never opened`);
    else this.#apply(order, type, data);
    if (type === 'order.confirmed.v1' || type === 'order.cancelled.v1') this.#count(soldBy(type, data));
  }

  #apply(order, type, data) {
    const isRight = IN_TURN[type]?.(order, data) ?? true;
    if (!isRight) this.faults.push(`${type} of order ${data.orderId}, which is ${order.status}`);
    EFFECTS[type]?.(order, data);
  }

  #open(data) {
    if (this.#orders.has(data.orderId)) this.faults.push(`order ${data.orderId} was opened twice`);
    const order = newOrder(data);
    this.#orders.set(data.orderId, order);
    this.faults.push(...totalFaults(order));
  }

  #count(change) {
    for (const [name, value] of Object.entries(change)) this.#sold[name] += value;
  }

  /** What the sales report has to add up to. */
  sold() {
    return this.#sold;
  }

  all() {
    return [...this.#orders.values()];
  }

  /** What must not be once all has settled. */
  settledFaults({ stock, money }) {
    const missing = [...this.#promised].filter((orderId) => !this.#orders.has(orderId));
    const numbers = new Set(this.all().map(({ orderNumber }) => orderNumber));
    return [
      ...missing.map((orderId) => `order ${orderId} was checked out and never opened`),
      ...(numbers.size < this.#orders.size ? [`${this.#orders.size} orders have ${numbers.size} numbers`] : []),
      ...this.all().flatMap((order) => endFaults(order)),
      ...this.all().flatMap((order) => unitFaults(order, stock)),
      ...this.all().flatMap((order) => moneyFaults(order, money.of(order.orderId))),
    ];
  }
}

function endFaults({ orderId, status, isCancelling }) {
  if (status === 'open') return [`the checkout of order ${orderId} has not ended`];
  return isCancelling ? [`the cancellation of order ${orderId} has not ended`] : [];
}

/** Exactly what is sold and has neither left nor been cancelled is held. */
function unitFaults({ orderId, status, ordered, shipped, cancelled }, stock) {
  return [...new Set([...ordered.keys(), ...stock.touchedBy(orderId)])].flatMap((sku) => {
    const left = shipped.get(sku) ?? 0;
    const held = status === 'sold' ? (ordered.get(sku) ?? 0) - left - (cancelled.get(sku) ?? 0) : 0;
    const found = stock.of(orderId, sku);
    if (found.held === held && found.left === left) return [];
    return [
      `order ${orderId} (${status}) has ${JSON.stringify(found)} of ${sku}, it should be ${JSON.stringify({ held, left })}`,
    ];
  });
}

/** Money is held for what is sold alone, and taken for what has left. */
function moneyFaults({ orderId, status, totals, remaining, ...order }, money) {
  const owed = remaining ?? totals.total.amount;
  const rules = status === 'sold' ? soldMoney(order, owed) : notSoldMoney;
  const broken = Object.entries({ ...alwaysMoney(owed), ...rules }).filter(([, holds]) => !holds(money));
  return broken.map(([rule]) => `order ${orderId} (${status}, ${owed} owed): not ${rule}: ${JSON.stringify(money)}`);
}

const alwaysMoney = (owed) => ({
  'every payment has an outcome': ({ isOpen }) => !isOpen,
  'no more is captured than is owed': ({ captured }) => captured <= owed,
});

const notSoldMoney = { 'no money is held': ({ authorized }) => authorized === 0 };

const soldMoney = ({ shipped, isComplete, needsPerson }, owed) => ({
  'its money is held while it waits': ({ authorized }) => shipped.size > 0 || authorized === owed,
  'its money is taken when all has left': ({ captured }) => !isComplete || needsPerson || captured === owed,
});
