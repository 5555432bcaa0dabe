import { batchOf, newStream } from '../test-support/index.js';
import { until } from './test-server/fixture.js';
import { storesOnTestServer } from './test-support/stores-on-test-server.js';

const around = storesOnTestServer();

it('waits for what another process appended and no read shows yet, without asking all the time', async () => {
  const { server, open } = around();
  const [store, other] = [await open(), await open()];
  const stream = newStream();
  server.faults.showAppendsAfter(400);
  const { appends } = server.activity;
  const first = store.append(stream, batchOf(), 'no-stream');
  await until(() => server.activity.appends > appends);
  await expect(other.append(stream, batchOf(), 'any')).resolves.toMatchObject({ revision: 1 });
  await expect(first).resolves.toMatchObject({ revision: 0 });
  expect(server.activity.appends - appends).toBeLessThan(15);
});
