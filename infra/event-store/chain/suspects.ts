import type { FaultKind } from './log-chain.js';
import { hashOf, type ChainedEvent, type HashedEvent } from './event-hash.js';

/** An event whose hash does not follow from the one before it. */
export interface Suspect extends ChainedEvent {
  /** The hash at the revision before. */
  readonly before: string;
}

export interface Place {
  readonly stream: string;
  readonly revision: number;
  /** The hash that stood at the revision before. */
  readonly before: string;
}

export interface Explained {
  readonly suspect: Suspect;
  readonly fault: FaultKind;
  readonly place: Place;
}

/** How many suspects before and after one may be what belongs at its place. */
const MOST_PARTNERS = 64;

/** The hash that an event would have at a place. */
export function hashAt({ stream, revision, before }: Place, event: HashedEvent, position = event.position): string {
  return hashOf(before, { stream, revision, position, at: event.at }, event);
}

/**
 * What befell the events of a stream, by which of them fit when one is put in another's place, left out, or thought of as
 * missing. `offset`: by how much later events stand before (missing) or after (added, negative) their own revisions.
 * @param suspects in the order of their revisions
 */
export function explain(suspects: readonly Suspect[]): {
  readonly found: readonly Explained[];
  readonly offset: number;
} {
  const found: Explained[] = [];
  let offset = 0;
  let last = { revision: -2, hash: '' };
  for (const [index, suspect] of suspects.entries()) {
    const { event, hash } = suspect;
    // The hash that was there once, where what stands there now was put there.
    const before = last.revision === event.revision - 1 ? last.hash : suspect.before;
    const place = { stream: event.stream, revision: event.revision + offset, before };
    const follower = suspects[index + 1]?.event.revision === event.revision + 1 ? suspects[index + 1] : undefined;
    const explained = hashAt(place, event) === hash ? { hash } : befell(place, suspect, { follower, suspects, index });
    last = { revision: event.revision, hash: explained.hash };
    if (!('fault' in explained)) continue;
    found.push({ suspect, fault: explained.fault, place });
    if (explained.fault === 'missing') offset += 1;
    if (explained.fault === 'added') offset -= 1;
  }
  return { found, offset };
}

interface Around {
  readonly follower: Suspect | undefined;
  readonly suspects: readonly Suspect[];
  readonly index: number;
}

/** The fault, and the hash that goes before the next event. */
function befell(
  place: Place,
  suspect: Suspect,
  { follower, suspects, index }: Around,
): { fault: FaultKind; hash: string } {
  const near = suspects.slice(Math.max(0, index - MOST_PARTNERS), index + MOST_PARTNERS);
  for (const other of near) {
    const hash = other === suspect ? null : hashOfOwner(place, suspect, other);
    if (hash === null) continue;
    const otherPlace = { ...place, revision: place.revision + 1, before: hash };
    if (other !== follower || hashOfOwner(otherPlace, other, suspect) !== null) return { fault: 'swapped', hash };
    return { fault: 'added', hash: place.before };
  }
  const { hash } = suspect;
  if (follower === undefined) return { fault: 'altered', hash };
  const next = { ...place, revision: place.revision + 1, before: hash };
  if (hashAt({ ...next, revision: next.revision + 1 }, follower.event) === follower.hash)
    return { fault: 'missing', hash };
  // Perhaps its hash alone was changed.
  const own = hashAt(place, suspect.event);
  return { fault: 'altered', hash: hashAt({ ...next, before: own }, follower.event) === follower.hash ? own : hash };
}

/** The hash of what belongs at the place of `here`, if that is, in whole or in part, what stands at the place of `other`. */
function hashOfOwner(place: Place, here: Suspect, other: Suspect): string | null {
  const hashes = [
    hashAt(place, other.event),
    hashAt(place, other.event, here.event.position),
    hashAt(place, here.event, other.event.position),
  ];
  return hashes.find((hash) => hash === here.hash || hash === other.hash) ?? null;
}

/** Those of different streams that stand at each other's places, in whole or in part. */
export function swappedAcross(altered: readonly Explained[]): ReadonlySet<Explained> {
  const some = altered.slice(0, MOST_PARTNERS);
  const isSwapped = ({ place, suspect }: Explained): boolean =>
    some.some(({ suspect: other }) => other !== suspect && hashOfOwner(place, suspect, other) !== null);
  return new Set(some.filter(isSwapped));
}
