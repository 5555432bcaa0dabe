import { startReadApi, type RunningReadApi } from '../shared/test-support/index.js';

let api: RunningReadApi;
beforeAll(async () => (api = await startReadApi()));
afterAll(() => api.close());

describe('a payment that was closed before it was requested', () => {
  it('is none to read, now and as of any time', async () => {
    const data = { paymentId: 'p-closed', orderId: 'o-1', reason: 'PAYMENT.TIMEOUT' };
    await api.append('payment-p-closed', { type: 'payment.closed.v1', data });
    for (const query of ['', '?asOf=0', '?asOf=2999-01-01T00:00:00Z']) {
      const { status, json } = await api.client.as('support', `/v1/payments/p-closed${query}`);
      expect([status, json]).toEqual([404, expect.objectContaining({ code: 'PAYMENT.NOT_FOUND' })]);
    }
  });
});
