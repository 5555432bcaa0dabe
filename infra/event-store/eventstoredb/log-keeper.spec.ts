import { describeLogKeeper } from '../contract/log-keeper.contract.js';
import { allOf } from '../test-support/index.js';
import { openEventStoreDb } from './index.js';
import { storesOnTestServer } from './test-support/stores-on-test-server.js';

const around = storesOnTestServer();

describe('what is recorded of a log in EventStoreDB', () => {
  describeLogKeeper(async () => {
    const { url } = around().server;
    return {
      open: (access) => openEventStoreDb({ url, access }),
      openKeeper: () => openEventStoreDb({ url, access: 'read-write' }),
    };
  });
});

describe('a log in EventStoreDB that was restored', () => {
  it('shows its readers nothing of that, and a process that goes on under the former id is told of another log', async () => {
    const { open } = around();
    const store = await open();
    const keeper = await openEventStoreDb({ url: around().server.url, access: 'read-write' });
    await keeper.markRestored();
    await keeper.close();
    expect(await allOf(store.readAll())).toEqual([]);
    await expect(store.ping()).rejects.toMatchObject({ name: 'OtherLogError' });
  });
});
