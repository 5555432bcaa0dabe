import { appendContract } from './contract/append.contract.js';
import { jointContract } from './contract/joint.contract.js';
import { readContract } from './contract/read.contract.js';
import { resendContract } from './contract/resend.contract.js';
import { subscribeContract } from './contract/subscribe.contract.js';
import type { EventStore } from './event-store.js';

export interface StoreUnderTest {
  readonly store: EventStore;
  /** Closes the store and removes what it kept. */
  cleanup(): Promise<void>;
}

/**
 * What every adapter of the event-store port must do. The log may hold other events, and its positions may have gaps.
 * @param open answers a store that is ready; called once
 */
export function eventStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the event-store contract: ${name}`, () => {
    let opened: StoreUnderTest;
    beforeAll(async () => (opened = await open()));
    afterAll(() => opened.cleanup());

    const store = (): EventStore => opened.store;
    appendContract(store);
    resendContract(store);
    jointContract(store);
    readContract(store);
    subscribeContract(store);
  });
}
