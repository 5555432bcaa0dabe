import { openTemporaryDocumentStore } from '../../document-store/test-support/index.js';
import { BusUnavailableError } from '../errors.js';
import { messageBusContract, type MessageBusUnderTest } from '../message-bus.contract.js';
import { openParkedMessages } from '../parked-messages.js';
import { consuming, messagesOn, RecordingConsumer } from '../test-support/index.js';
import { openInProcessBus } from './in-process-bus.js';

async function create(): Promise<MessageBusUnderTest> {
  const temporary = await openTemporaryDocumentStore();
  const parked = await openParkedMessages(temporary.store);
  const bus = openInProcessBus(parked);
  return {
    bus,
    parked,
    root: 'shop',
    dispose: async () => {
      await bus.close();
      await temporary.close();
    },
  };
}

messageBusContract('in process', create);

describe('the bus in process', () => {
  let subject: MessageBusUnderTest;
  beforeEach(async () => {
    subject = await create();
  });
  afterEach(() => subject.dispose());

  it('tells the publisher that all is well only once it was handled', async () => {
    const consumer = new RecordingConsumer();
    await subject.bus.consume(consuming('all'), consumer.handle);
    const messages = messagesOn('shop.order.opened', 3);
    await subject.bus.publish(messages);
    expect(consumer.ids).toEqual(messages.map(({ id }) => id));
  });

  it('fails the publisher when it closes before a message was handled, so that it comes again', async () => {
    const consumer = new RecordingConsumer(() => Promise.reject(new Error('not today')));
    await subject.bus.consume(consuming('all', { backOffMs: [60_000] }), consumer.handle);
    const publishing = subject.bus.publish(messagesOn('shop.order.opened'));
    const failed = expect(publishing).rejects.toThrow(BusUnavailableError);
    await consumer.has(1);
    await subject.bus.close();
    await failed;
    for await (const parked of subject.parked.list()) throw new Error(`${parked.id} is parked`);
  });
});
