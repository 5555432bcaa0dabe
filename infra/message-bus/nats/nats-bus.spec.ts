import { randomUUID } from 'node:crypto';
import { connect, type NatsConnection } from 'nats';
import { openTemporaryDocumentStore, type TemporaryDocumentStore } from '../../document-store/test-support/index.js';
import { NATS, onRealServer } from '../../test-support/servers/index.js';
import { MessageRefusedError } from '../errors.js';
import { messageBusContract } from '../message-bus.contract.js';
import type { MessageBus } from '../message-bus.js';
import { openParkedMessages, type ParkedMessages } from '../parked-messages.js';
import { consuming, messagesOn, RecordingConsumer, until } from '../test-support/index.js';
import { parseNatsUrl } from './nats-address.js';
import { openNatsBus } from './nats-bus.js';

const freshRoot = (): string => `spec${randomUUID().slice(0, 8)}`;

await onRealServer(NATS, (url) => {
  let admin: NatsConnection;
  beforeAll(async () => {
    admin = await connect(parseNatsUrl(url));
  });
  afterAll(() => admin.close());
  const deleteStream = async (root: string): Promise<void> => {
    const jsm = await admin.jetstreamManager();
    await jsm.streams.delete(root.toUpperCase()).catch(() => undefined);
  };

  messageBusContract('NATS JetStream', async () => {
    const temporary = await openTemporaryDocumentStore();
    const parked = await openParkedMessages(temporary.store);
    const root = freshRoot();
    const bus = openNatsBus({ url, parked, root });
    return {
      bus,
      parked,
      root,
      dispose: async () => {
        await bus.close();
        await deleteStream(root);
        await temporary.close();
      },
    };
  });

  describe('the bus on NATS', () => {
    let temporary: TemporaryDocumentStore;
    let parked: ParkedMessages;
    let root: string;
    const opened: MessageBus[] = [];
    const open = (): MessageBus => {
      const bus = openNatsBus({ url, parked, root });
      opened.push(bus);
      return bus;
    };
    beforeEach(async () => {
      temporary = await openTemporaryDocumentStore();
      parked = await openParkedMessages(temporary.store);
      root = freshRoot();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((bus) => bus.close()));
      await deleteStream(root);
      await temporary.close();
    });
    const stored = async (): Promise<readonly string[]> => {
      const jsm = await admin.jetstreamManager();
      const { state } = await jsm.streams.info(root.toUpperCase());
      const ids: string[] = [];
      for (let seq = state.first_seq; seq <= state.last_seq && state.messages > 0; seq++) {
        const message = await jsm.streams.getMessage(root.toUpperCase(), { seq });
        ids.push(message.header.get('Nats-Msg-Id'));
      }
      return ids;
    };

    it('keeps messages in files for a while, and leaves a stream that is there as it is', async () => {
      await open().ping();
      const jsm = await admin.jetstreamManager();
      const name = root.toUpperCase();
      const { config } = await jsm.streams.info(name);
      expect(config).toMatchObject({ subjects: [`${root}.>`], storage: 'file', retention: 'limits', discard: 'old' });
      expect(config.duplicate_window).toBe(120e9);
      await jsm.streams.update(name, { max_age: 3600e9 });
      await open().ping();
      expect((await jsm.streams.info(name)).config.max_age).toBe(3600e9);
    });

    it('stores a message once that is published twice', async () => {
      const messages = messagesOn(`${root}.order.opened`, 5);
      const ids = messages.map(({ id }) => id);
      await open().publish(messages.slice(0, 3));
      await open().publish(messages);
      expect(await stored()).toEqual(ids);
    });

    it('stores what is new between what it has, too', async () => {
      const [first, second, third, fourth] = messagesOn(`${root}.order.opened`, 4);
      if (first === undefined || second === undefined || third === undefined || fourth === undefined)
        throw new Error('no messages');
      await open().publish([second, third]);
      await open().publish([first, second, third, fourth]);
      expect(await stored()).toEqual([second, third, first, fourth].map(({ id }) => id));
    });

    it('refuses a message that no server takes, after those before it', async () => {
      const [small, large] = messagesOn(`${root}.order.opened`, 2);
      if (small === undefined || large === undefined) throw new Error('no messages');
      const publishing = open().publish([small, { ...large, body: 'x'.repeat(2 ** 21) }]);
      await expect(publishing).rejects.toThrow(MessageRefusedError);
      await expect(publishing).rejects.toMatchObject({ refused: { id: large.id } });
      expect(await stored()).toEqual([small.id]);
    });

    it('hands a consumer that comes later what was published before it', async () => {
      const messages = messagesOn(`${root}.order.opened`, 3);
      await open().publish(messages);
      const consumer = new RecordingConsumer();
      await open().consume(consuming('late', { subjects: [`${root}.>`] }), consumer.handle);
      await consumer.has(3);
      expect(consumer.ids).toEqual(messages.map(({ id }) => id));
    });

    it('goes on where the consumer of that name has come to, in another process and with other options', async () => {
      const messages = messagesOn(`${root}.order.opened`, 4);
      const [before, after] = [new RecordingConsumer(), new RecordingConsumer()];
      const bus = open();
      const options = consuming('shared', { subjects: [`${root}.>`] });
      const consumption = await bus.consume(options, before.handle);
      await bus.publish(messages.slice(0, 2));
      await before.has(2);
      await consumption.close();
      await bus.close();
      await open().publish(messages.slice(2));
      await open().consume({ ...options, maxInFlight: 3, ackWaitMs: 5_000 }, after.handle);
      await after.has(2);
      expect(after.ids).toEqual(messages.slice(2).map(({ id }) => id));
    });

    it('parks a message that nobody answered for as often as it may be tried', async () => {
      const options = consuming('deadly', { subjects: [`${root}.>`], maxDeliver: 2, ackWaitMs: 200 });
      const consumer = new RecordingConsumer(({ attempt }) =>
        attempt <= 2 ? new Promise((resolve) => setTimeout(resolve, 1_500)) : Promise.resolve(),
      );
      const bus = open();
      await bus.consume(options, consumer.handle);
      await bus.publish(messagesOn(`${root}.order.opened`));
      await consumer.has(2);
      const failures: object[] = [];
      await until('it is parked', async () => {
        for await (const { error, attempts } of parked.list('deadly')) failures.push({ error, attempts });
        return failures.length > 0;
      });
      expect(failures).toEqual([{ error: 'no answer to 2 deliveries', attempts: 3 }]);
      expect(consumer.deliveries).toHaveLength(2);
    });

    it('makes stream and consumer again that the server has lost', async () => {
      const consumer = new RecordingConsumer();
      const bus = open();
      await bus.consume(consuming('steady', { subjects: [`${root}.>`] }), consumer.handle);
      await bus.publish(messagesOn(`${root}.order.opened`));
      await consumer.has(1);
      await deleteStream(root);
      const [message] = messagesOn(`${root}.order.opened`);
      if (message === undefined) throw new Error('no message');
      // Whichever side notices first makes it again; a publisher may have to try a second time.
      await bus.publish([message]).catch(() => bus.publish([message]));
      await consumer.has(2);
      expect(consumer.ids.at(-1)).toBe(message.id);
    });
  });
});
