import { Registry } from 'prom-client';
import { registerBuildInfo, registerLeaseMetrics } from './index.js';

const registry = new Registry();
const shown = async (name: string): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => line.startsWith(`${name}{`));

it('who is at work is 1 and who stands by 0, by duty and as it is when somebody looks', async () => {
  const observe = registerLeaseMetrics(registry);
  let isLeader = false;
  observe('sagas', () => isLeader);
  observe('projections', () => true);
  const held = (sagas: number): string[] => [
    `cartwright_lease_held{duty="sagas"} ${sagas}`,
    'cartwright_lease_held{duty="projections"} 1',
  ];
  expect(await shown('cartwright_lease_held')).toEqual(held(0));
  isLeader = true;
  expect(await shown('cartwright_lease_held')).toEqual(held(1));
});

it('the build says its version and that of Node', async () => {
  registerBuildInfo(registry, '1.2.3');
  expect(await shown('cartwright_build_info')).toEqual([
    `cartwright_build_info{version="1.2.3",node="${process.version}"} 1`,
  ]);
});
