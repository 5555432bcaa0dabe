import type { KeptPerson, KeyTransfer } from '../../key-store/key-transfer.js';
import { CliError } from '../cli-error.js';
import { showProgress } from '../progress.js';
import type { Say } from '../rebuild.js';

export interface KeyStores {
  readonly source: KeyTransfer;
  readonly target: KeyTransfer;
}

/**
 * Copies every person's key into another key store and reads it back from there. Those who are there already stay as they
 * are, so that it may be run again.
 * @throws CliError the target knows somebody differently, or persons whom the source does not know
 */
export async function copyKeys({ source, target }: KeyStores, say: Say): Promise<void> {
  const progress = showProgress('copy keys', { total: await source.count() });
  let persons = 0;
  try {
    for await (const page of source.pages()) {
      await copyPage(page, target);
      persons += page.length;
      progress.done(page.length);
    }
  } finally {
    progress.stop();
  }
  const more = (await target.count()) - persons;
  if (more > 0)
    throw new CliError(
      `TO holds keys of ${more} persons whom FROM does not know: made in TO, or forgotten in FROM since an earlier copy. ` +
        'Copy into an empty key store, and delete this one',
    );
  say(`${persons} persons have the same keys in both`);
}

async function copyPage(page: readonly KeptPerson[], target: KeyTransfer): Promise<void> {
  const identityHashes = page.map(({ identityHash }) => identityHash);
  const known = byHash(await target.find(identityHashes));
  const missing = page.filter(({ identityHash }) => !known.has(identityHash));
  refuseDifferent(
    page.filter(({ identityHash }) => known.has(identityHash)),
    known,
  );
  await target.add(missing);
  refuseDifferent(page, byHash(await target.find(identityHashes)));
}

const byHash = (persons: readonly KeptPerson[]): ReadonlyMap<string, KeptPerson> =>
  new Map(persons.map((person) => [person.identityHash, person]));

function refuseDifferent(persons: readonly KeptPerson[], known: ReadonlyMap<string, KeptPerson>): void {
  const different = persons.find((person) => !isSame(person, known.get(person.identityHash)));
  if (different !== undefined)
    throw new CliError(
      `TO has another key for the address of person ${different.personId}: copy into an empty key store`,
    );
}

const isSame = (one: KeptPerson, other: KeptPerson | undefined): boolean =>
  other?.personId === one.personId && Buffer.compare(one.key, other.key) === 0;
