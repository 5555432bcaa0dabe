import { hash } from 'node:crypto';
import type { Json } from '../../../domain/shared/index.js';
import type { RecordedEvent } from '../../event-store/index.js';

/** What stands for the events of a stream so far: equal digests, equal events in equal order. */
export const NO_EVENTS = '';

/** The digest with one more event: SHA-256 over the one before and the event's canonical JSON, its position left out. */
export function withEvent(digest: string, event: Omit<RecordedEvent, 'position'>): string {
  const { id, revision, type, at, data, metadata } = event;
  return hash(
    'sha256',
    `${digest}${canonicalJson({ at, data, id, metadata: { ...metadata }, revision, type })}`,
    'base64',
  );
}

/** Members in the order of their names: stores may keep them in another one. */
function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  for (const name of Object.keys(value).sort()) {
    const member = (value as Readonly<Record<string, Json | undefined>>)[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
