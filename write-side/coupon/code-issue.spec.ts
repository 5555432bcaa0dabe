import { randomUUID } from 'node:crypto';
import { bucketOf, couponAggregate, couponIn } from '../../domain/coupon/index.js';
import { QueueingExecutor } from '../../infra/engine/commands/index.js';
import { MemoryEventStore } from '../../infra/event-store/test-support/memory-event-store.js';
import { couponIdOf } from '../shared/coupon-id.js';
import { CodeIssue, type RecordedRequest } from './code-issue.js';
import { generatedCodes } from './generated-codes.js';

const serverSecret = Buffer.from('a secret for specs alone');
const shape = { prefix: '', length: 12 };
const context = { commandId: randomUUID(), correlationId: 'spec', causationId: null, actor: 'spec', repeatable: false };

const request = (batchId: string, coupons: RecordedRequest['coupons']): RecordedRequest => ({
  batch: { promotionId: `promotion of ${batchId}`, holderId: 'holder', batchId, uses: 1 },
  coupons,
  context,
});
const generated = (count: number) => ({ kind: 'generated', uses: 1, count, ...shape }) as const;

describe('issuing generated codes', () => {
  it('leaves out those that are taken, and goes on to others, the same ones when it is repeated', async () => {
    const store = new MemoryEventStore();
    const snapshots = { load: () => Promise.resolve(undefined), save: () => Promise.resolve() };
    const executor = new QueueingExecutor({ store, snapshots });
    const issue = new CodeIssue({ serverSecret }, executor);
    const source = generatedCodes(serverSecret, 'batch-1', shape);
    const codes = Array.from({ length: 33 }, () => source.next().value);
    // Of the 30 first ones two are taken, and the first of those that take their place.
    const taken = [codes[3], codes[20], codes[30]].map(String);
    await issue.issue(request('batch-0', { kind: 'given', uses: 1, codes: taken }));
    expect(await issue.issue(request('batch-1', generated(30)))).not.toBeNull();
    const ofBatch: string[] = [];
    for (const code of codes) {
      const couponId = couponIdOf(serverSecret, code);
      const found = await executor.query(couponAggregate, bucketOf(couponId), (state) => couponIn(state, couponId));
      if (found?.promotionId === 'promotion of batch-1') ofBatch.push(code);
    }
    expect(ofBatch).toEqual(codes.filter((code) => !taken.includes(code)));
    const { length } = store.log;
    expect(await issue.issue(request('batch-1', generated(30)))).not.toBeNull();
    expect(store.log).toHaveLength(length);
  });
});
