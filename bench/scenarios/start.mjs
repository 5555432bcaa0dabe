// start: from the start of the process until /readyz says that it is ready.
// Unit: milliseconds; on an empty directory, and on one with --size N orders (default 2,000) that was stopped in order.
// Limit: none of its own; it must not grow with the log.
import { startEngine, temporaryDirectory } from '../support/engine.mjs';
import { filledShop } from '../support/filled-shop.mjs';
import { memory } from '../support/ledger.mjs';
import { less } from '../support/metric.mjs';

async function startOn(subject, path, name) {
  const engine = await startEngine(subject, path);
  const { 'memory at its peak': peak } = memory(engine);
  await engine.stop();
  return {
    [`${name}: ready after`]: less(engine.readyAfter, 'ms'),
    ...(peak !== undefined && { [`${name}: memory at its peak`]: peak }),
  };
}

export default {
  about: 'from the start of the process until it is ready',
  limit: 'must not grow with the log',
  size: 2_000,
  prepare: filledShop,

  async round({ subject, directory }, shop) {
    const data = temporaryDirectory(directory);
    const empty = await startOn(subject, data.path, 'empty');
    data.remove();
    return { ...empty, ...(await startOn(subject, shop.path, 'filled')) };
  },
};
