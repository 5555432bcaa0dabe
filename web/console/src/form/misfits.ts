/** What is wrong with a member, as a problem document has it: the message ends a sentence that begins with the member's name. */
export interface Misfit {
  /** `then.0.percent` or `then[0].percent`; empty where the whole is meant. */
  readonly path: string;
  readonly message: string;
}

/** What was typed cannot be sent: nothing was asked of the engine. */
export class Misfits extends Error {
  constructor(readonly misfits: readonly Misfit[]) {
    super('Nothing was sent.');
    this.name = 'Misfits';
  }
}

/** A misfit with the part of the form that shows it. */
export interface PlacedMisfit {
  /** Null where no part does. */
  readonly place: string | null;
  /** What follows the label of the part: ` has to be …`, or `, number 2, has to be …` where an item of it is meant. */
  readonly text: string;
}

const dotted = (path: string): string => path.replaceAll(/\[(\d+)\]/g, '.$1');

const isWithin = (path: string, place: string): boolean => path === place || path.startsWith(`${place}.`);

/**
 * Finds the part of a form that shows what is wrong at a path: the part of that name, else the nearest that holds it, else
 * the first within it.
 * @param places what the parts are named by, in their order
 */
export function placed({ path, message }: Misfit, places: readonly string[]): PlacedMisfit {
  const wanted = dotted(path);
  const holding = places.filter((place) => isWithin(wanted, place));
  const place = holding.toSorted((a, b) => b.length - a.length)[0] ?? places.find((each) => isWithin(each, wanted));
  if (wanted === '' || place === undefined) return { place: null, text: `${path} ${message}`.trim() };
  const rest = wanted.length > place.length ? wanted.slice(place.length + 1).split('.') : [];
  const within = rest.map((member) => (/^\d+$/.test(member) ? ` number ${Number(member) + 1},` : ` ${member},`));
  return { place, text: `${within.length === 0 ? '' : ','}${within.join('')} ${message}` };
}
