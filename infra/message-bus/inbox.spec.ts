import { openTemporaryDocumentStore, type TemporaryDocumentStore } from '../document-store/test-support/index.js';
import { openInbox, onceEach, type Inbox } from './inbox.js';
import { messagesOn, RecordingConsumer } from './test-support/index.js';

describe('an inbox', () => {
  let temporary: TemporaryDocumentStore;
  let time = 0;
  const open = (consumer = 'webhooks'): Promise<Inbox> =>
    openInbox({ store: temporary.store, consumer, keepMs: 1_000, now: () => time });
  beforeEach(async () => {
    temporary = await openTemporaryDocumentStore();
    time = 0;
  });
  afterEach(() => temporary.close());

  it('has a message handled once, also by another process of that consumer', async () => {
    const consumer = new RecordingConsumer();
    const [message] = messagesOn('shop.order.opened');
    if (message === undefined) throw new Error('no message');
    await onceEach(await open(), consumer.handle)({ message, attempt: 1 });
    await onceEach(await open(), consumer.handle)({ message, attempt: 2 });
    expect(consumer.deliveries).toHaveLength(1);
    await onceEach(await open('mails'), consumer.handle)({ message, attempt: 1 });
    expect(consumer.deliveries).toHaveLength(2);
  });

  it('does not count a message as handled that failed', async () => {
    const [message] = messagesOn('shop.order.opened');
    if (message === undefined) throw new Error('no message');
    const failing = onceEach(await open(), () => Promise.reject(new Error('not today')));
    await expect(failing({ message, attempt: 1 })).rejects.toThrow('not today');
    expect(await (await open()).has(message.id)).toBe(false);
  });

  it('forgets what is too old to come again', async () => {
    const inbox = await open();
    await inbox.add('old');
    time = 1_001;
    for (let count = 0; count < 199; count++) await inbox.add(`new-${count}`);
    expect([await inbox.has('old'), await inbox.has('new-0')]).toEqual([false, true]);
  });
});
