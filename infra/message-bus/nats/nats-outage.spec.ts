import { randomUUID } from 'node:crypto';
import { connect } from 'nats';
import { openTemporaryDocumentStore, type TemporaryDocumentStore } from '../../document-store/test-support/index.js';
import { NATS, onRealServers, openCuttableWay, TOXIPROXY, type CuttableWay } from '../../test-support/servers/index.js';
import { BusUnavailableError } from '../errors.js';
import type { MessageBus } from '../message-bus.js';
import { openParkedMessages } from '../parked-messages.js';
import { consuming, messagesOn, RecordingConsumer, until } from '../test-support/index.js';
import { parseNatsUrl } from './nats-address.js';
import { openNatsBus } from './nats-bus.js';

await onRealServers([NATS, TOXIPROXY], ([url = '']) => {
  describe('the bus on NATS over a connection that is cut', () => {
    let temporary: TemporaryDocumentStore;
    let way: CuttableWay;
    let bus: MessageBus;
    let root: string;
    const [troubles, recoveries]: [Error[], null[]] = [[], []];
    const open = async (isCut: boolean): Promise<void> => {
      way = await openCuttableWay(root, url.replace(/^.*\/\/|^.*@/, ''));
      if (isCut) await way.cut();
      const parked = await openParkedMessages(temporary.store);
      const onTrouble = (error: Error | null): void =>
        void (error === null ? recoveries.push(error) : troubles.push(error));
      bus = openNatsBus({ url: `nats://${way.address}`, parked, root, onTrouble });
    };
    beforeEach(async () => {
      temporary = await openTemporaryDocumentStore();
      root = `spec${randomUUID().slice(0, 8)}`;
      troubles.length = 0;
      recoveries.length = 0;
    });
    afterEach(async () => {
      await bus.close();
      await way.remove();
      const admin = await connect(parseNatsUrl(url));
      const jsm = await admin.jetstreamManager();
      await jsm.streams.delete(root.toUpperCase()).catch(() => undefined);
      await admin.close();
      await temporary.close();
    });
    const unanswered = async (durable: string): Promise<number> => {
      const admin = await connect(parseNatsUrl(url));
      try {
        const jsm = await admin.jetstreamManager();
        return (await jsm.consumers.info(root.toUpperCase(), durable)).num_ack_pending;
      } finally {
        await admin.close();
      }
    };
    const isUp = (): Promise<boolean> => bus.ping().then(() => true, () => false); // prettier-ignore

    it('opens without its server, says that it is away, and comes up with it', async () => {
      await open(true);
      const consumer = new RecordingConsumer();
      await bus.consume(consuming('waiting', { subjects: [`${root}.>`] }), consumer.handle);
      await expect(bus.ping()).rejects.toThrow(BusUnavailableError);
      await expect(bus.publish(messagesOn(`${root}.order.opened`))).rejects.toThrow(BusUnavailableError);
      expect(troubles).toHaveLength(1);
      await way.mend();
      await until('the bus is up', isUp);
      expect(recoveries).toHaveLength(1);
      const messages = messagesOn(`${root}.order.opened`);
      await bus.publish(messages);
      await consumer.has(1);
      expect(consumer.ids).toEqual(messages.map(({ id }) => id));
    });

    it('fails what is published meanwhile at once, and goes on with both sides afterwards', async () => {
      await open(false);
      const consumer = new RecordingConsumer();
      await bus.consume(consuming('steady', { subjects: [`${root}.>`] }), consumer.handle);
      const messages = messagesOn(`${root}.order.opened`, 6);
      await bus.publish(messages.slice(0, 3));
      await consumer.has(3);
      // An answer that the cut swallows would rightly bring its message a second time.
      await until('all are acknowledged', async () => (await unanswered('steady')) === 0);
      await way.cut();
      await until('the loss is noticed', async () => !(await isUp()));
      const began = performance.now();
      await expect(bus.publish(messages.slice(3))).rejects.toThrow(BusUnavailableError);
      expect(performance.now() - began).toBeLessThan(1_000);
      await way.mend();
      await until('the bus is up again', isUp);
      await bus.publish(messages.slice(3));
      await consumer.has(6);
      expect(consumer.ids).toEqual(messages.map(({ id }) => id));
      expect([troubles.length, recoveries.length]).toEqual([1, 1]);
    });

    it('stores each message once and in order, whenever the connection is cut', async () => {
      await open(false);
      const consumer = new RecordingConsumer();
      await bus.consume(consuming('steady', { subjects: [`${root}.>`], maxDeliver: 50 }), consumer.handle);
      const messages = messagesOn(`${root}.order.opened`, 300);
      for (let from = 0, cuts = 0; from < messages.length;) {
        const publishing = bus.publish(messages.slice(from, from + 50));
        if (cuts++ % 2 === 0) await way.cut().then(() => way.mend());
        const isStored = await publishing.then(() => true, () => false); // prettier-ignore
        if (isStored) from += 50;
        else await until('the bus is up again', isUp);
      }
      const first = (): readonly string[] => [...new Set(consumer.ids)];
      await until('all have come', () => first().length === messages.length);
      expect(first()).toEqual(messages.map(({ id }) => id));
    });
  });
});
