import { BusUnavailableError } from './errors.js';
import type { MessageBus } from './message-bus.js';
import { retryParked, type ParkedMessage, type ParkedMessages } from './parked-messages.js';
import { consuming, messagesOn, RecordingConsumer, until } from './test-support/index.js';

export interface MessageBusUnderTest {
  readonly bus: MessageBus;
  readonly parked: ParkedMessages;
  /** First word of every subject. */
  readonly root: string;
  dispose(): Promise<void>;
}

const refuse = async (): Promise<void> => {
  throw new Error('not today');
};

/** What every adapter of the message-bus port must pass; `create` makes a bus with nothing on it. */
export function messageBusContract(name: string, create: () => Promise<MessageBusUnderTest>): void {
  describe(`message bus contract: ${name}`, () => {
    let subject: MessageBusUnderTest;
    let bus: MessageBus;
    let on: (words: string) => string;
    beforeEach(async () => {
      subject = await create();
      bus = subject.bus;
      on = (words) => `${subject.root}.${words}`;
    });
    afterEach(() => subject.dispose());

    const parkedOf = async (consumer?: string): Promise<readonly ParkedMessage[]> => {
      const found: ParkedMessage[] = [];
      for await (const message of subject.parked.list(consumer)) found.push(message);
      return found;
    };

    it('hands a consumer what is published, as it is and in that order', async () => {
      const consumer = new RecordingConsumer();
      await bus.consume(consuming('all', { subjects: [on('>')] }), consumer.handle);
      const messages = messagesOn(on('order.confirmed'), 50);
      await bus.publish(messages.slice(0, 20));
      await bus.publish(messages.slice(20));
      await consumer.has(50);
      expect(consumer.deliveries).toEqual(messages.map((message) => ({ message, attempt: 1 })));
    });

    it('hands a consumer only the subjects that it named', async () => {
      const [orders, confirmations] = [new RecordingConsumer(), new RecordingConsumer()];
      await bus.consume(consuming('orders', { subjects: [on('order.*')] }), orders.handle);
      const named = [on('order.confirmed'), on('payment.>')];
      await bus.consume(consuming('confirmations', { subjects: named }), confirmations.handle);
      const published = ['order.opened', 'order.line.added', 'orders.seen', 'payment.captured', 'order.confirmed'];
      for (const words of published) await bus.publish(messagesOn(on(words)));
      await orders.has(2);
      await confirmations.has(2);
      const seen = (consumer: RecordingConsumer) => consumer.deliveries.map(({ message }) => message.subject);
      expect(seen(orders)).toEqual([on('order.opened'), on('order.confirmed')]);
      expect(seen(confirmations)).toEqual([on('payment.captured'), on('order.confirmed')]);
    });

    it('hands a message again that failed, and not again once it was handled', async () => {
      const [first, second] = messagesOn(on('order.opened'), 2);
      if (first === undefined || second === undefined) throw new Error('no messages');
      const consumer = new RecordingConsumer(async ({ message, attempt }) => {
        if (message.id === first.id && attempt < 3) throw new Error('not yet');
      });
      await bus.consume(consuming('flaky', { subjects: [on('>')] }), consumer.handle);
      await bus.publish([first, second]);
      await consumer.has(4);
      const attempts = consumer.deliveries.map(({ message, attempt }) => [message.id, attempt]);
      expect(attempts).toEqual([
        [first.id, 1],
        [first.id, 2],
        [first.id, 3],
        [second.id, 1],
      ]);
      expect(await parkedOf()).toEqual([]);
    });

    it('parks a message that failed as often as it may, and goes on with the next', async () => {
      const [bad, good] = messagesOn(on('order.opened'), 2);
      if (bad === undefined || good === undefined) throw new Error('no messages');
      const consumer = new RecordingConsumer(({ message }) => (message.id === bad.id ? refuse() : Promise.resolve()));
      await bus.consume(consuming('strict', { subjects: [on('>')] }), consumer.handle);
      await bus.publish([bad, good]);
      await consumer.has(4);
      expect(consumer.ids).toEqual([bad.id, bad.id, bad.id, good.id]);
      await until('it is parked', async () => (await parkedOf('strict')).length === 1);
      expect(await parkedOf('strict')).toEqual([
        { ...bad, consumer: 'strict', attempts: 3, error: 'not today', parkedAt: expect.stringMatching(/Z$/) },
      ]);
      expect(await parkedOf('another')).toEqual([]);
    });

    it('lets a parked message be tried again, until that works', async () => {
      await bus.consume(consuming('strict', { subjects: [on('>')], maxDeliver: 1 }), refuse);
      await bus.publish(messagesOn(on('order.opened')));
      await until('it is parked', async () => (await parkedOf()).length === 1);
      const [parked] = await parkedOf();
      if (parked === undefined) throw new Error('nothing is parked');
      expect(await retryParked(subject.parked, parked, refuse)).toBe('not today');
      expect(await parkedOf()).toMatchObject([{ id: parked.id, attempts: 2 }]);
      const mended = new RecordingConsumer();
      expect(await retryParked(subject.parked, parked, mended.handle)).toBeNull();
      expect(mended.ids).toEqual([parked.id]);
      expect(await parkedOf()).toEqual([]);
    });

    it('takes a handler that does not answer in time for failed', async () => {
      let answer: () => void = () => {};
      const hung = new Promise<void>((resolve) => (answer = resolve));
      const consumer = new RecordingConsumer(({ attempt }) => (attempt === 1 ? hung : Promise.resolve()));
      await bus.consume(consuming('slow', { subjects: [on('>')], ackWaitMs: 300 }), consumer.handle);
      const [message] = messagesOn(on('order.opened'));
      if (message === undefined) throw new Error('no message');
      await bus.publish([message]);
      await consumer.has(2);
      answer();
      expect(consumer.deliveries).toEqual([
        { message, attempt: 1 },
        { message, attempt: 2 },
      ]);
    });

    it.each([1, 4])('has at most %i handlers under way', async (maxInFlight) => {
      const consumer = new RecordingConsumer(() => new Promise((resolve) => setTimeout(resolve, 5)));
      await bus.consume(consuming('bounded', { subjects: [on('>')], maxInFlight }), consumer.handle);
      await bus.publish(messagesOn(on('order.opened'), 40));
      await consumer.has(40);
      expect(consumer.mostAtOnce).toBe(maxInFlight);
    });

    it('closes a consumer when no handler is under way, and calls none after that', async () => {
      let release: () => void = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      let isDone = false;
      const consumer = new RecordingConsumer(() => held.then(() => void (isDone = true)));
      const consumption = await bus.consume(consuming('leaving', { subjects: [on('>')] }), consumer.handle);
      const publishing = bus.publish(messagesOn(on('order.opened'), 3)).catch(() => undefined);
      await consumer.has(1);
      const closing = consumption.close();
      release();
      await closing;
      expect(isDone).toBe(true);
      await publishing;
      expect(consumer.deliveries).toHaveLength(1);
    });

    it('answers a ping until it is closed, and then says that it is away', async () => {
      await bus.ping();
      await bus.close();
      await expect(bus.ping()).rejects.toThrow(BusUnavailableError);
      await expect(bus.publish(messagesOn(on('order.opened')))).rejects.toThrow(BusUnavailableError);
    });
  });
}
