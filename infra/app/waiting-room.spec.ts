import type { Config } from '../config/index.js';
import { freePort } from './test-support/free-port.js';
import { openWaitingRoom, type WaitingRoom } from './waiting-room.js';

describe('what answers in the place of an engine that waits for a store', () => {
  let url: string;
  let room: WaitingRoom;
  beforeEach(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    room = await openWaitingRoom({ host: '127.0.0.1', port } as Config, 'event-store');
  });
  afterEach(() => room.close());

  it('reads addresses as long as the engine does', async () => {
    const answer = await fetch(`${url}/v1/products?q=${encodeURIComponent('ж'.repeat(10_000))}`);
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'STORE.UNAVAILABLE' }]);
  });
});
