import type { Schema } from '../../../shared/api/index.js';
import { leftToRefund, openLines } from './what-is-left.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('what is left of an order', () => {
  const tender = (captured: number, refunded: number) =>
    ({ captured: usd(captured), refunded: usd(refunded) }) as Schema<'OrderTender'>;
  const refund = (amount: number, status: string) => ({ amount: usd(amount), status }) as Schema<'OrderRefund'>;
  const totals = { total: usd(1_000) } as Schema<'Totals'>;

  it('to give back is what all tenders took, without what is back or on its way', () => {
    const tenders = [tender(300, 100), tender(700, 0)];
    expect(leftToRefund({ tenders, totals, refunds: [refund(100, 'refunded')] })).toEqual(usd(900));
    expect(leftToRefund({ tenders, totals, refunds: [refund(50, 'requested'), refund(9, 'failed')] })).toEqual(
      usd(850),
    );
    expect(leftToRefund({ tenders: [], totals })).toEqual(usd(0));
  });

  it('to ship is what neither left nor was cancelled', () => {
    const line = (sku: string, quantity: number, quantityShipped: number, quantityCancelled: number) =>
      ({ sku, quantity, quantityShipped, quantityCancelled }) as Schema<'OrderLine'>;
    const open = openLines({ lines: [line('A', 5, 2, 1), line('B', 2, 2, 0), line('C', 1, 0, 0)] });
    expect(open.map((one) => [one.sku, one.open])).toEqual([
      ['A', 2],
      ['C', 1],
    ]);
  });
});
