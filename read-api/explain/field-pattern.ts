import type { Explains } from '../../infra/engine/projections/explains.js';
import { pointerNames, pointerTo } from '../../infra/shared/json-pointer.js';

/** A place that a pattern leads to. */
export interface FoundField {
  /** Stays the same while places of lists change. */
  readonly identity: string;
  /** Where it is now. */
  readonly pointer: string;
  readonly value: unknown;
  /** The innermost element of a list that the place is in; the document where it is in none. */
  readonly element: object;
}

/** A name of a member, or any place of a list. */
type Segment = string;
const ANY = '*';
const isPlace = (name: string): boolean => name === ANY || /^\d+$/.test(name);

/** Leads to the same field of every element of the lists on its way. */
export class FieldPattern {
  /** Of each list on the way, what tells its elements apart. */
  readonly #tellApart: readonly (readonly string[])[];

  private constructor(
    private readonly segments: readonly Segment[],
    elements: Explains['elements'] = {},
  ) {
    this.#tellApart = segments.map((_, depth) => {
      const list = pointerTo(segments.slice(0, depth).map((name) => (isPlace(name) ? ANY : name)));
      return Object.hasOwn(elements, list) ? (elements[list] ?? []) : [];
    });
  }

  static of(names: readonly string[], { elements }: Explains): FieldPattern {
    return new FieldPattern(names, elements);
  }

  *in(document: object): Generator<FoundField> {
    yield* this.#below(document, { names: [], identity: '', element: document });
  }

  /** The one at a place of this document; undefined where there is nothing. */
  at(document: object, pointer: string): FoundField | undefined {
    for (const found of this.in(document)) if (found.pointer === pointer) return found;
    return undefined;
  }

  *#below(value: unknown, way: Way): Generator<FoundField> {
    const depth = way.names.length;
    const segment = this.segments[depth];
    if (segment === undefined) {
      yield { identity: way.identity, pointer: pointerTo(way.names), value, element: way.element };
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) {
      const members = value as Readonly<Record<string, unknown>>;
      // A member that an object inherits is none of its own.
      if (Object.hasOwn(members, segment)) yield* this.#below(members[segment], further(way, segment));
      return;
    }
    if (!isPlace(segment)) return;
    const seen = new Set<string>();
    for (const [place, element] of (value as readonly unknown[]).entries()) {
      const name = nameOf(element, this.#tellApart[depth] ?? []);
      // Elements that cannot be told apart are told by their places.
      const key = name === '' || seen.has(name) ? String(place) : `#${name}`;
      seen.add(name);
      yield* this.#below(element, further(way, String(place), { key, element }));
    }
  }
}

interface Way {
  readonly names: readonly string[];
  readonly identity: string;
  readonly element: object;
}

function further(way: Way, name: string, into?: { readonly key: string; readonly element: unknown }): Way {
  const element = typeof into?.element === 'object' && into.element !== null ? into.element : way.element;
  return { names: [...way.names, name], identity: `${way.identity}/${into?.key ?? name}`, element };
}

function nameOf(element: unknown, members: readonly string[]): string {
  if (members.length === 0 || typeof element !== 'object' || element === null) return '';
  const of = element as Readonly<Record<string, unknown>>;
  return members.map((member) => (Object.hasOwn(of, member) ? String(of[member]) : '')).join('|');
}

/** A rule for a field, and the names below the rule's pointer that lead on to it. */
export interface FoundRule {
  readonly pattern: readonly string[];
  readonly rest: readonly string[];
}

/** Finds the rule with the longest pointer that leads to a field or to what it is in. */
export function ruleFor(explains: Explains, names: readonly string[]): (FoundRule & { readonly key: string }) | null {
  let best: (FoundRule & { readonly key: string }) | null = null;
  for (const key of Object.keys(explains.fields)) {
    const pattern = pointerNames(key) ?? [];
    if (pattern.length > names.length || (best !== null && pattern.length <= best.pattern.length)) continue;
    const fits = pattern.every((segment, depth) =>
      segment === ANY ? isPlace(names[depth] ?? '') : segment === names[depth],
    );
    if (fits) best = { key, pattern, rest: names.slice(pattern.length) };
  }
  return best;
}

/**
 * Leads from a rule's field to the addend's: what both have in common stands for the same elements, each of the rest for all.
 */
export function addendNames(
  { pattern, names }: { readonly pattern: readonly string[]; readonly names: readonly string[] },
  addend: string,
): { readonly names: readonly string[]; readonly bound: number } {
  const of = pointerNames(addend) ?? [];
  let bound = 0;
  while (bound < pattern.length && pattern[bound] === of[bound]) bound += 1;
  return { names: of.map((name, depth) => (depth < bound ? (names[depth] ?? name) : name)), bound };
}
