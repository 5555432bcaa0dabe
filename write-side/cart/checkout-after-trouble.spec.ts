import { BreakableSubscriptions, openTemporaryEventStore } from '../../infra/event-store/test-support/index.js';
import { checkoutBody, Client, expectStatus } from '../test-support/client.js';
import { WriteSideApp } from '../test-support/write-side-app.js';

it('a checkout is waited for until it settles, also after the log could not be followed for a moment', async () => {
  const { store, cleanup } = await openTemporaryEventStore();
  const subscriptions = new BreakableSubscriptions();
  const app = await WriteSideApp.start(subscriptions.of(store));
  try {
    const client = new Client(app);
    const cart = await client.cart([[await client.product(), 2]]);
    await subscriptions.breakOff();
    const answer = await client.post(`/v1/carts/${cart}/checkout`, checkoutBody(), { headers: { prefer: 'wait=20' } });
    expect(expectStatus(answer, 201).json).toMatchObject({ status: 'confirmed' });
  } finally {
    await app.stop();
    await cleanup();
  }
});
