import type { KeyStore } from './key-store.js';

/** A key store under test; `openAnother` opens the same data once more, as another process would. */
export interface KeyStoreUnderTest {
  readonly store: KeyStore;
  openAnother(): Promise<KeyStore>;
  close(): Promise<void>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** What every key store promises. */
export function keyStoreContract(open: () => Promise<KeyStoreUnderTest>): void {
  let under: KeyStoreUnderTest;
  let store: KeyStore;
  beforeEach(async () => {
    under = await open();
    store = under.store;
  });
  afterEach(() => under.close());

  /** The key in hex, to compare. */
  const keyOf = async (personId: string, of: KeyStore = store): Promise<string | null> => {
    const key = await of.keyOf(personId);
    return key === null ? null : Buffer.from(key).toString('hex');
  };

  it('makes a person with a random id and a key of 32 bytes on first sight of an address', async () => {
    const personId = await store.personFor('ada@example.org');
    expect(personId).toMatch(UUID);
    expect(await keyOf(personId)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives the same address the same person, however it is spelt', async () => {
    const personId = await store.personFor('josé@example.org');
    for (const spelling of ['josé@example.org', '  JOSÉ@Example.ORG ', 'jose\u0301@example.org'])
      expect(await store.personFor(spelling)).toBe(personId);
    const kiosk = await store.personFor('a@bücher.de');
    for (const spelling of ['a@xn--bcher-kva.de', 'A@BÜCHER.DE', 'a@bu\u0308cher.de'])
      expect(await store.personFor(spelling)).toBe(kiosk);
  });

  it('gives different addresses different persons and keys', async () => {
    const [ada, charles] = await Promise.all([store.personFor('ada@example.org'), store.personFor('cb@example.org')]);
    expect(ada).not.toBe(charles);
    expect(await keyOf(ada)).not.toBe(await keyOf(charles));
  });

  it('makes one person out of many calls at once for one address', async () => {
    const calls = Array.from({ length: 50 }, () => store.personFor('ada@example.org'));
    expect(new Set(await Promise.all(calls)).size).toBe(1);
  });

  it('makes a thousand persons at once', async () => {
    const calls = Array.from({ length: 1000 }, (_, index) => store.personFor(`buyer-${index}@example.org`));
    const personIds = await Promise.all(calls);
    expect(new Set(personIds).size).toBe(1000);
    expect(await store.personFor('buyer-999@example.org')).toBe(personIds[999]);
  });

  it('knows no key of a person that was never made', async () => {
    expect(await store.keyOf(NOBODY)).toBeNull();
  });

  it('is the same to everyone who opens it, at once and later', async () => {
    const ada = await store.personFor('ada@example.org');
    const other = await under.openAnother();
    expect(await other.personFor('ada@example.org')).toBe(ada);
    expect(await keyOf(ada, other)).toBe(await keyOf(ada));
    const charles = await other.personFor('cb@example.org');
    expect(await keyOf(charles)).toBe(await keyOf(charles, other));
    expect(await store.personFor('cb@example.org')).toBe(charles);
  });

  it('makes one person when two who opened it see an address at once', async () => {
    const other = await under.openAnother();
    for (let round = 0; round < 20; round += 1) {
      const address = `buyer-${round}@example.org`;
      const [here, there] = await Promise.all([store.personFor(address), other.personFor(address)]);
      expect(here).toBe(there);
      expect(await keyOf(here)).toBe(await keyOf(there, other));
    }
  });

  it('makes one person of an address, and one key, when two who opened it are asked for it 64 times at once', async () => {
    const stores = [store, await under.openAnother()];
    for (let round = 0; round < 4; round += 1) {
      const calls = Array.from({ length: 64 }, (_, index) =>
        stores[index % 2]?.personFor(`crowd-${round}@example.org`),
      );
      const persons = new Set(await Promise.all(calls));
      expect(persons.size).toBe(1);
      const [person = ''] = persons;
      expect(await keyOf(person)).toBe(await keyOf(person, stores[1]));
    }
  });

  it('finds a key that another one made after it had been asked for in vain', async () => {
    const other = await under.openAnother();
    const ada = await other.personFor('ada@example.org');
    await other.forget(ada);
    expect(await store.keyOf(ada)).toBeNull();
    const again = await other.personFor('ada@example.org');
    expect(await keyOf(again)).toBe(await keyOf(again, other));
  });

  it('finds a person by any spelling of the address, and makes nobody by looking', async () => {
    expect(await store.find('ada@example.org')).toBeNull();
    const ada = await store.personFor('ada@example.org');
    const other = await under.openAnother();
    for (const spelling of ['ada@example.org', ' ADA@Example.ORG']) expect(await other.find(spelling)).toBe(ada);
    await other.forget(ada);
    expect(await store.find('ada@example.org')).toBeNull();
    expect(await store.find('ada@example.org')).toBeNull();
  });

  it('knows subjects apart from addresses and from each other, as they are written', async () => {
    const texts = ['ada', 'Ada', 'a\ud800', 'a\udfff', 'a\ufffd', '+441632960001', 'ada@example.org'];
    texts.push('AbC@clients', 'abc@clients');
    const persons = await Promise.all(texts.map((text) => store.personFor(text, 'subject')));
    persons.push(await store.personFor('ada@example.org'));
    expect(new Set(persons).size).toBe(persons.length);
    const other = await under.openAnother();
    for (const [place, text] of texts.entries()) expect(await other.find(text, 'subject')).toBe(persons[place]);
    expect(await other.find('ADA@Example.org', 'subject')).toBe(persons[texts.indexOf('ada@example.org')]);
    expect(await other.find('ada')).toBeNull();
  });

  it('knows promotions apart from persons, even by the same text, as they are written', async () => {
    const texts = ['ada@example.org', 'Ada@Example.org', '6f1d2c3b-0a49-4857-b6c5-d4e3f2a1b0c9'];
    const holders = await Promise.all(texts.map((text) => store.personFor(text, 'promotion')));
    const persons = await Promise.all([
      store.personFor('ada@example.org'),
      store.personFor('ada@example.org', 'subject'),
    ]);
    const all = [...holders, ...persons];
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(await Promise.all(all.map((personId) => keyOf(personId)))).size).toBe(all.length);
    const other = await under.openAnother();
    for (const [place, text] of texts.entries()) expect(await other.find(text, 'promotion')).toBe(holders[place]);
    await store.forget(persons[0] ?? '');
    expect(await other.personFor('ada@example.org', 'promotion')).toBe(holders[0]);
  });

  it('forgets a subject, and gives it a new person', async () => {
    const ada = await store.personFor('ada', 'subject');
    await store.forget(ada);
    expect(await store.find('ada', 'subject')).toBeNull();
    expect(await store.personFor('ada', 'subject')).not.toBe(ada);
  });

  it('has no key of a forgotten person, and gives the address a new one', async () => {
    const ada = await store.personFor('ada@example.org');
    const charles = await store.personFor('cb@example.org');
    const key = await keyOf(ada);
    await store.forget(ada);
    expect(await store.keyOf(ada)).toBeNull();
    expect(await keyOf(charles)).not.toBeNull();
    const again = await store.personFor('ada@example.org');
    expect(again).not.toBe(ada);
    expect(await keyOf(again)).not.toBe(key);
    expect(await store.keyOf(ada)).toBeNull();
  });

  it('forgets again, and forgets nobody, without a word', async () => {
    const ada = await store.personFor('ada@example.org');
    await Promise.all([store.forget(ada), store.forget(ada)]);
    await store.forget(ada);
    await store.forget(NOBODY);
    expect(await store.keyOf(ada)).toBeNull();
  });

  it('answers when asked whether it is well', async () => {
    await expect(store.ping()).resolves.toBeUndefined();
  });
}
