// The stock of each SKU, folded from the log: received + adjusted = on hand + shipped, available = on hand − reserved ≥ 0.

/** It moves nothing: the order was given no units, and is not given any later. */
const CLOSED = 'inventory.reservation-closed.v1';

/** What a unit of an event does to the shelf and to the holds, and as what it is counted. */
const EFFECTS = {
  'inventory.received.v1': { onHand: 1, held: 0, countedAs: 'received' },
  'inventory.adjusted.v1': { onHand: 1, held: 0, countedAs: 'adjusted' },
  'inventory.reserved.v1': { onHand: 0, held: 1 },
  'inventory.released.v1': { onHand: 0, held: -1 },
  'inventory.committed.v1': { onHand: -1, held: -1, countedAs: 'shipped' },
};

const newSku = () => ({
  received: 0,
  adjusted: 0,
  shipped: 0,
  /** Location → units on hand and reserved there. */
  places: new Map(),
  /** Order → units that it holds. */
  holds: new Map(),
  /** Order → units that have left for it. */
  left: new Map(),
  /** Orders that may hold nothing any more. */
  closed: new Set(),
});

const plus = (map, key, units) => map.set(key, (map.get(key) ?? 0) + units);

function countsOf({ places }) {
  let [onHand, reserved] = [0, 0];
  for (const place of places.values()) [onHand, reserved] = [onHand + place.onHand, reserved + place.reserved];
  return { onHand, reserved, available: onHand - reserved };
}

function applyUnits(sku, { onHand, held, countedAs }, { orderId, location, quantity }) {
  const place = sku.places.get(location) ?? { onHand: 0, reserved: 0 };
  sku.places.set(location, {
    onHand: place.onHand + onHand * quantity,
    reserved: place.reserved + held * quantity,
  });
  if (held !== 0) plus(sku.holds, orderId, held * quantity);
  if (countedAs !== undefined) sku[countedAs] += quantity;
  if (countedAs === 'shipped') plus(sku.left, orderId, quantity);
}

export class StockBooks {
  faults = [];
  #skus = new Map();

  add({ stream, revision, type, data }) {
    const sku = this.#skus.get(data.sku) ?? newSku();
    this.#skus.set(data.sku, sku);
    const { orderId } = data;
    if (type === CLOSED) sku.closed.add(orderId);
    else
      for (const { location, quantity } of data.allocations ?? [data])
        applyUnits(sku, EFFECTS[type], { orderId, location, quantity });
    this.#check(sku, data, `${stream} at revision ${revision}`);
  }

  /** SKU → what its inventory has to be shown as. */
  shown() {
    return new Map([...this.#skus].map(([sku, books]) => [sku, countsOf(books)]));
  }

  /** Units of a SKU that an order holds, and that have left for it. */
  of(orderId, name) {
    const sku = this.#skus.get(name);
    return { held: sku?.holds.get(orderId) ?? 0, left: sku?.left.get(orderId) ?? 0 };
  }

  /** The SKUs that have something to do with an order. */
  touchedBy(orderId) {
    return [...this.#skus].filter(([, { holds }]) => holds.has(orderId)).map(([name]) => name);
  }

  #check(sku, data, where) {
    const { onHand, available } = countsOf(sku);
    const fault = (what) => this.faults.push(`${where}: ${what}`);
    if (onHand + sku.shipped !== sku.received + sku.adjusted)
      fault('received is not on hand, shipped and adjusted out');
    if (available < 0) fault(`${available} are available`);
    if (data.available !== undefined && data.available !== available)
      fault(`it says that ${data.available} are available, its events add up to ${available}`);
    for (const [location, place] of sku.places)
      if (place.onHand < place.reserved || place.reserved < 0) fault(`${location} has ${JSON.stringify(place)}`);
    const held = sku.holds.get(data.orderId) ?? 0;
    if (held < 0) fault(`order ${data.orderId} holds less than nothing`);
    if (held !== 0 && sku.closed.has(data.orderId))
      fault(`order ${data.orderId} holds units though its reservation was closed`);
  }
}
