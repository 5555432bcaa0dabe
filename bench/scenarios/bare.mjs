// bare: the framework alone, Nest on Fastify, answering a constant to a POST: what the machine gives before any shop.
// Unit: requests a second, and CPU a request. Limit: none; divide by it to compare figures of two machines.
import { fileURLToPath } from 'node:url';
import { startProcess } from '../support/engine.mjs';
import { closedLoop } from '../support/load.mjs';
import { latencies, less, more } from '../support/metric.mjs';
import { expectStatus } from '../support/raw-client.mjs';
import { cpuBetween, usageOf } from '../support/usage.mjs';

const WARM_UP_SECONDS = 1;
const server = fileURLToPath(new URL('../support/bare-server.mjs', import.meta.url));

async function portOf({ child }) {
  for await (const chunk of child.stdout) return Number(chunk);
  throw new Error('the bare server has ended');
}

export default {
  about: 'the bare framework answering a constant',
  limit: 'none: it tells what the machine gives',
  seconds: 5,

  async round({ subject, seconds, shoppers }) {
    const run = startProcess([server], { cwd: subject.root, stdout: 'pipe' });
    const port = await portOf(run);
    const load = (time) =>
      closedLoop({ port, clients: shoppers, seconds: time }, async (client) =>
        expectStatus(await client.request('POST', '/constant', { currency: 'USD' }), 201),
      );
    await load(WARM_UP_SECONDS);
    const before = usageOf(run.pid);
    const { count, perSecond, times } = await load(seconds);
    const after = usageOf(run.pid);
    run.child.kill();
    await run.ended;
    const metrics = { requests: more(perSecond, '/s'), ...latencies('request', times) };
    if (before === null || after === null) return metrics;
    const { all } = cpuBetween(before, after);
    return { ...metrics, 'CPU, all threads': less((all / count) * 1e6, 'µs a request') };
  },
};
