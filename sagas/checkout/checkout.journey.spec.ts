import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
let process: RunningSagas;
beforeAll(async () => {
  shop = await Shop.open();
  process = await shop.start();
});
afterAll(async () => {
  await process.runner.close();
  await shop.close();
});

describe('a checkout on real aggregates', () => {
  it('ends confirmed, with its stock held and its money authorised', async () => {
    await shop.receive('TEA', 5);
    await shop.receive('MUG', 5);
    const orderId = await shop.checkOut([
      { sku: 'TEA', quantity: 2 },
      { sku: 'MUG', quantity: 1 },
    ]);
    await shop.atRest(process);

    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
    expect(await shop.typesOfPayment(orderId)).toEqual(['requested', 'authorized']);
    expect(await shop.types('inventory-TEA')).toEqual(['received', 'reserved']);
    expect(await shop.types('inventory-MUG')).toEqual(['received', 'reserved']);
    expect(process.runner.status().instances).toBe(0);
  });

  it('is rejected for want of stock without ever asking for money, and its cart opens again', async () => {
    await shop.receive('JAR', 1);
    await shop.receive('JAR', 2, 'north');
    await shop.receive('LID', 9);
    const orderId = await shop.checkOut([
      { sku: 'LID', quantity: 2 },
      { sku: 'JAR', quantity: 4 },
    ]);
    await shop.atRest(process);

    const events = await shop.events(`order-${orderId}`);
    expect(events.map(({ type }) => type)).toEqual(['order.opened.v1', 'order.rejected.v1']);
    const lines = [{ sku: 'JAR', requested: 4, available: 3 }];
    expect(events[1]?.data).toMatchObject({ code: 'INVENTORY.INSUFFICIENT_STOCK', lines });
    const checkedOut = (await shop.events(`cart-of-${orderId}`)).find(({ type }) => type === 'cart.checked-out.v1');
    expect(events[1]?.metadata.causationId).toBe(checkedOut?.id);
    expect(await shop.typesOfPayment(orderId)).toEqual([]);
    expect(await shop.types('inventory-LID')).toEqual(['received', 'reserved', 'released']);
    expect(await shop.typesOfCart(orderId)).toEqual(['opened', 'item-added', 'item-added', 'checked-out', 'reopened']);
  });

  it('that costs nothing is confirmed, shipped and captured, whatever the provider would say of the card', async () => {
    await shop.receive('GIFT', 2);
    for (const token of ['tok_declined', 'tok_capture_fails']) {
      const orderId = await shop.checkOut([{ sku: 'GIFT', quantity: 1 }], token);
      await shop.atRest(process);
      expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
      await shop.order(orderId, { type: 'create-shipment', createdAt: '2026-11-02T10:00:00.000Z' });
      await shop.atRest(process);
      expect((await shop.typesOfPayment(orderId)).slice(0, 4)).toEqual([
        'requested',
        'authorized',
        'capture-requested',
        'captured',
      ]);
    }
  });

  it('is rejected after a declined payment, and the rejection is the last event of all', async () => {
    await shop.receive('POT', 1);
    const orderId = await shop.checkOut([{ sku: 'POT', quantity: 1 }], 'tok_declined');
    await shop.atRest(process);

    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'rejected']);
    expect(await shop.typesOfPayment(orderId)).toEqual(['requested', 'declined']);
    expect(await shop.types('inventory-POT')).toEqual(['received', 'reserved', 'released']);
    const rejected = (await shop.events(`order-${orderId}`))[1];
    const reopened = (await shop.events(`cart-of-${orderId}`)).at(-1);
    const released = (await shop.events('inventory-POT')).at(-1);
    const declined = (await shop.eventsOfPayment(orderId)).at(-1);
    expect(rejected).toMatchObject({ data: { code: 'PAYMENT.DECLINED' }, metadata: { causationId: declined?.id } });
    expect(
      [reopened, released].every((event) => event !== undefined && event.position < (rejected?.position ?? '')),
    ).toBe(true);
  });

  it('asks a silent provider again with the same key until it answers', async () => {
    await shop.receive('CUP', 1);
    const orderId = await shop.checkOut([{ sku: 'CUP', quantity: 1 }], 'tok_slow');
    await shop.atRest(process);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened']);
    shop.clock.advance(1_000);
    await shop.atRest(process);
    shop.clock.advance(2_000);
    await shop.atRest(process);

    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
    expect(await shop.typesOfPayment(orderId)).toEqual(['requested', 'authorized']);
  });

  it('goes on as soon as a webhook brings the answer', async () => {
    await shop.receive('PAN', 1);
    const orderId = await shop.checkOut([{ sku: 'PAN', quantity: 1 }], 'tok_silent');
    await shop.atRest(process);
    await shop.payment(orderId, { type: 'record-authorization', reference: 'late' });
    await shop.atRest(process);

    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
  });

  it('gives up after 25 seconds, and voids an authorisation that comes later', async () => {
    await shop.receive('URN', 1);
    const orderId = await shop.checkOut([{ sku: 'URN', quantity: 1 }], 'tok_silent');
    await shop.atRest(process);
    shop.clock.advance(25_000);
    await shop.atRest(process);
    const rejected = (await shop.events(`order-${orderId}`)).at(-1);
    expect(rejected).toMatchObject({ type: 'order.rejected.v1', data: { code: 'PAYMENT.TIMEOUT' } });
    expect(process.runner.status().instances).toBe(0);

    await shop.payment(orderId, { type: 'record-authorization', reference: 'late' });
    await shop.atRest(process);
    expect((await shop.typesOfPayment(orderId)).slice(-3)).toEqual(['authorized', 'void-requested', 'voided']);
    expect(await shop.types('inventory-URN')).toEqual(['received', 'reserved', 'released']);
  });

  it('ends cancelled when somebody asks for that while the money is awaited', async () => {
    await shop.receive('FAN', 1);
    const orderId = await shop.checkOut([{ sku: 'FAN', quantity: 1 }], 'tok_slow');
    await shop.atRest(process);
    await shop.order(orderId, { type: 'request-cancellation', reason: 'changed my mind' });
    await shop.atRest(process);
    shop.clock.advance(1_000);
    await shop.atRest(process);
    shop.clock.advance(2_000);
    await shop.atRest(process);

    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'cancellation-requested', 'cancelled']);
    const [, requested, ended] = await shop.events(`order-${orderId}`);
    expect(ended?.metadata.causationId).toBe(requested?.id);
    expect((await shop.typesOfPayment(orderId)).slice(-2)).toEqual(['void-requested', 'voided']);
    expect(await shop.types('inventory-FAN')).toEqual(['received', 'reserved', 'released']);
    expect((await shop.typesOfCart(orderId)).at(-1)).toBe('reopened');
  });

  it('takes 161 reservations in a handful of records', async () => {
    const lines = Array.from({ length: 161 }, (_, index) => ({ sku: `BULK-${index}`, quantity: 1 }));
    for (const { sku } of lines) await shop.receive(sku, 1);
    const orderId = await shop.checkOut(lines);
    await shop.atRest(process);

    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed']);
    expect((await shop.events(`saga-checkout-${orderId}`)).length).toBeLessThanOrEqual(7);
  });

  it('records who did what and why, without anything personal', async () => {
    await shop.receive('KEY', 1);
    const orderId = await shop.checkOut([{ sku: 'KEY', quantity: 1 }]);
    await shop.atRest(process);

    const [started, confirmed] = await shop.events(`order-${orderId}`);
    const checkedOut = (await shop.events(`cart-of-${orderId}`)).at(-1);
    expect(started?.metadata).toMatchObject({ actor: 'saga:checkout', causationId: checkedOut?.id });
    expect(confirmed?.metadata.correlationId).toBe(checkedOut?.metadata.correlationId);
    const authorized = (await shop.eventsOfPayment(orderId)).at(-1);
    expect(confirmed?.metadata.causationId).toBe(authorized?.id);
    const records = JSON.stringify(await shop.events(`saga-checkout-${orderId}`));
    expect(records).not.toContain('ada@example.org');
    expect(records).not.toContain('Main St');
    expect(records).not.toContain('tok_ok');
  });
});
