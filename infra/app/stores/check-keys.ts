import type { PersonalFields } from '../../../domain/shared/index.js';
import { StoreRefusedError } from '../../shared/store-errors.js';
import type { EventStore, LogRegister, RecordedEvent } from '../../event-store/index.js';
import { isSealed } from '../../key-store/sealing/sealed-value.js';
import type { KeyStore } from '../../key-store/index.js';
import { personalFields } from '../../../domain/personal-fields.js';

/** How many events with personal data are checked, back from the end of the log. */
const LOOKED_AT = 100;

type Keys = Pick<KeyStore, 'keyOf' | 'forgotten'>;

/**
 * Refuses a log of which more persons have no key than were ever forgotten: the key store is empty, another log's, or older than
 * the log. The engine would show no addresses, and make new keys for the same persons.
 * @param keys null where there is no key store yet
 * @throws StoreRefusedError whose message says what to do
 */
export async function checkKeys(log: EventStore & LogRegister, keys: Keys | null): Promise<void> {
  const persons = await lastPersons(log);
  let missing = 0;
  for (const person of persons) if (keys === null || (await keys.keyOf(person)) === null) missing += 1;
  if (missing === 0 || (keys !== null && missing <= (await keys.forgotten()))) return;
  throw new StoreRefusedError(
    `${missing} of the last ${persons.size} persons in the log have no key in the key store: put back the keys (keys.db, ` +
      'or the database of KEY_STORE_URL) of the same time as the log or later, or, where there is no backup of them, accept ' +
      'that their personal data is lost: npm run -s cli -- accept lost-keys',
  );
}

async function lastPersons(log: EventStore & LogRegister): Promise<ReadonlySet<string>> {
  const persons = new Set<string>();
  const accepted = await log.accepted('lost-keys');
  const filter = { types: Object.keys(personalFields) };
  for await (const event of log.readAll({ direction: 'backwards', filter, limit: LOOKED_AT })) {
    if (accepted !== null && event.position <= accepted) break;
    const person = personOf(event);
    if (person !== null) persons.add(person);
  }
  return persons;
}

/** Finds the person whose sealed fields the event has; null where it has none. */
function personOf({ type, data }: RecordedEvent): string | null {
  const declared: PersonalFields[string] | undefined = personalFields[type];
  if (declared === undefined || !declared.fields.some((field) => isSealed(data[field]))) return null;
  const person = data[declared.person];
  return typeof person === 'string' ? person : null;
}
