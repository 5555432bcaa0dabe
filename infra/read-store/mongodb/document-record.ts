import type { Collection, Document } from 'mongodb';
import type { JsonObject } from '../../../domain/shared/json.js';
import type { Position } from '../../event-store/index.js';
import type { DocumentWrite, LoadedDocument, StoredDocument } from '../read-store.js';
import type { CollectionLayout, Keys } from './collection-layout.js';
import { escaped, isPlain, unescaped } from './document-codec.js';

/** A document as it lies in its collection. A deleted one keeps its position and nothing else. */
export interface DocumentRecord {
  readonly _id: string;
  readonly position: Position;
  readonly doc: Document | null;
  /** Names and texts in `doc` are escaped; see document-codec. */
  readonly escaped?: true;
  readonly keys?: Keys;
}

export type Documents = Collection<DocumentRecord>;

/** What reads fetch of a record. */
export const WITHOUT_KEYS = { position: 1, doc: 1, escaped: 1 } as const;

export type ContentRecord = Omit<DocumentRecord, 'keys'>;

export function recordOf(write: DocumentWrite, layout: CollectionLayout): Omit<DocumentRecord, '_id'> {
  const { position, doc } = write;
  if (doc === null) return { position, doc };
  const keys = layout.keysOf(doc);
  const content = isPlain(doc) ? { position, doc } : { position, doc: escaped(doc), escaped: true as const };
  return keys === undefined ? content : { ...content, keys };
}

export const docOf = ({ doc, escaped: isEscaped }: ContentRecord): Document | null =>
  isEscaped === true && doc !== null ? unescaped(doc) : doc;

export const loadedOf = (record: ContentRecord): LoadedDocument => ({
  position: record.position,
  doc: docOf(record) as JsonObject | null,
});

/** Of a record that is no deleted document. */
export const storedOf = <Doc>(record: ContentRecord): StoredDocument<Doc> => ({
  id: record._id,
  position: record.position,
  doc: docOf(record) as Doc,
});
