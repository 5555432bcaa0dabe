import type { EventStore } from '../../infra/event-store/index.js';
import type { ExpectedEvent, UnitOfWork } from '../../infra/engine/commands/index.js';
import { checkedOutCart } from '../test-support/checked-out-cart.js';
import { DecidingLog } from '../test-support/deciding-log.js';
import { CheckoutReader } from './aggregate-targets.js';

let log: DecidingLog;
beforeAll(async () => (log = await DecidingLog.open()));
afterAll(() => log.close());

/** A cart that was checked out, and a reader that counts how often it reads the log. */
async function recorded() {
  const { source, checkout } = await checkedOutCart(log);
  const reads: string[] = [];
  const counting: EventStore = {
    ...log.store,
    read: (stream, options) => {
      reads.push(stream);
      return log.store.read(stream, options);
    },
  };
  return { source, checkout, reads, reader: new CheckoutReader(counting) };
}

describe('what a checkout has recorded', () => {
  it('is read once for the order and the payment', async () => {
    const { reader, source, checkout, reads } = await recorded();
    for (let times = 0; times < 2; times += 1) expect(await reader.read(source)).toEqual(checkout);
    expect(reads).toEqual([`cart-${source.cartId}`]);
  });

  it('is not kept longer than it is needed, since the person may be forgotten', async () => {
    const { reader, source, reads } = await recorded();
    await reader.read(source);
    reader.forget(source);
    await reader.read(source);
    expect(reads).toHaveLength(2);
  });

  it('is taken from the unit of work that is about to record it', async () => {
    const { reader, source, checkout, reads } = await recorded();
    const expected = { type: 'cart.checked-out.v1', data: { ...checkout, orderNumber: 'of the unit' } };
    const told: unknown[] = [];
    const find = (...place: unknown[]): ExpectedEvent => {
      told.push(place);
      return expected as never as ExpectedEvent;
    };
    expect(await reader.read(source, { find } as never as UnitOfWork)).toEqual(expected.data);
    expect([told, reads]).toEqual([[[`cart-${source.cartId}`, 2]], []]);
  });

  it('is read from the log where the unit of work began with something else', async () => {
    const { reader, source, checkout, reads } = await recorded();
    const nothing = { find: () => undefined } as never as UnitOfWork;
    const another = { find: () => ({ type: 'cart.opened.v1', data: {} }) } as never as UnitOfWork;
    for (const unit of [nothing, another]) expect(await reader.read(source, unit)).toEqual(checkout);
    expect(reads).toHaveLength(1);
  });

  it('has to be there', async () => {
    const { reader, source } = await recorded();
    for (const revision of [1, 3]) await expect(reader.read({ ...source, revision })).rejects.toThrow('no checkout');
  });
});
