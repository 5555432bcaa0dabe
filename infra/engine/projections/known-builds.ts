import type { DocumentStore } from '../../document-store/index.js';
import type { CollectionVersion } from '../../read-model-store/index.js';
import { labelOf } from './parked-keys.js';

/**
 * Builds that are kept elsewhere and whose parked keys are here. Of one that is not among them nobody knows what is parked:
 * this store was made anew, or the build was made beside another one.
 */
const KNOWN_BUILDS = 'known-builds';

export async function isKnownBuild(documents: DocumentStore, build: CollectionVersion): Promise<boolean> {
  await documents.ensure({ name: KNOWN_BUILDS, indexes: [] });
  return (await documents.get(KNOWN_BUILDS, labelOf(build))) !== undefined;
}

export const rememberBuild = (documents: DocumentStore, build: CollectionVersion): Promise<void> =>
  documents.put(KNOWN_BUILDS, [{ id: labelOf(build), doc: { collection: labelOf(build) } }]);
