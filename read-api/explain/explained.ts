import type { Explains, FieldRule } from '../../infra/engine/projections/explains.js';
import { problem } from '../../infra/http/index.js';
import { pointerTo } from '../../infra/shared/json-pointer.js';
import type { DocumentLife } from '../shared/index.js';
import { amountOf, isOneValue, shownAs } from './amounts.js';
import type { Explanation, Part } from './explanation.js';
import { addendNames, FieldPattern, ruleFor } from './field-pattern.js';
import type { FoundField, FoundRule } from './field-pattern.js';
import { FieldLives } from './field-changes.js';
import { partsOfAmount, partsOfState, titled } from './parts.js';
import type { Sign } from './parts.js';

/**
 * Says why a field of a document is what it is: by the fields that it is the sum of, else by what each event made of it.
 * @param names those of its pointer
 * @throws ProblemError FIELD.NOT_FOUND, FIELD.NOT_EXPLAINED; the life's own where there is no document
 */
export async function explained(life: DocumentLife, names: readonly string[]): Promise<Explanation> {
  const found = ruleFor(life.explains, names);
  if (found === null) throw await unexplained(life, names);
  const rule = life.explains.fields[found.key] ?? { rule: '' };
  const own = fieldOf(life.explains, names);
  const addends = addendsOf(life.explains, rule, { ...found, names });
  const document = await lived(life, [own, ...addends]);
  const field = own.pattern.at(document, pointerTo(names));
  if (field === undefined) throw missing(names);
  const { value } = field;
  if (!isOneValue(value)) throw several(names);
  const parts = sumOf(value, document, addends) ?? ofEvents(field, own.lives);
  const amount = amountOf(value);
  return { value: amount === null ? value : shownAs(amount, amount.units), rule: rule.rule, parts };
}

/** A pattern with the lives of what it leads to. */
interface Followed {
  readonly pattern: FieldPattern;
  readonly lives: FieldLives;
}

interface FollowedAddend extends Followed {
  readonly sign: Sign;
  readonly label: string;
  readonly where: Readonly<Record<string, boolean | string>>;
  /** Begins the pointers of those elements that enter the sum. */
  readonly within: string;
}

function fieldOf(explains: Explains, names: readonly string[]): Followed {
  const pattern = FieldPattern.of(names, explains);
  return { pattern, lives: new FieldLives(pattern) };
}

function addendsOf(
  explains: Explains,
  { sum = [] }: FieldRule,
  { pattern, rest, names }: FoundRule & { readonly names: readonly string[] },
): readonly FollowedAddend[] {
  return sum.map(({ field, sign, label, where = {} }) => {
    const addend = addendNames({ pattern, names }, field);
    const within = pointerTo(addend.names.slice(0, addend.bound));
    return { ...fieldOf(explains, [...addend.names, ...rest]), sign, label, where, within };
  });
}

/** Folds the document and follows the fields; answers it as it is in the end. */
async function lived(
  { events, after, nothing }: DocumentLife,
  followed: readonly { readonly lives: FieldLives }[],
): Promise<object> {
  let document: object | null = null;
  for await (const event of events) {
    document = after(event);
    for (const { lives } of followed) lives.take(event, document);
  }
  if (document === null) throw await nothing();
  return document;
}

/** Null where the field is no sum, or the fields do not add up to it. */
function sumOf(value: unknown, document: object, addends: readonly FollowedAddend[]): readonly Part[] | null {
  const whole = amountOf(value);
  if (whole === null) return null;
  const parts: Part[] = [];
  let units = 0n;
  for (const { pattern, lives, ...addend } of addends) {
    for (const found of pattern.in(document)) {
      const amount = amountOf(found.value);
      if (amount === null || !isWanted(found, addend)) continue;
      const signed = amount.units * BigInt(addend.sign);
      units += signed;
      const events = partsOfAmount(lives.of(found.identity), amount, addend.sign).flatMap((part) => part.events);
      // Where not all that came together is told event by event, none is.
      const isWhole = (lives.of(found.identity)?.earlier.size ?? 0) === 0;
      const label = labelled(addend.label, found.element);
      parts.push({ label, value: shownAs(amount, signed), field: found.pointer, events: isWhole ? events : [] });
    }
  }
  return parts.length > 0 && units === whole.units ? parts : null;
}

const isWanted = ({ pointer, element }: FoundField, { within, where }: Pick<FollowedAddend, 'within' | 'where'>) =>
  pointer.startsWith(`${within}/`) &&
  Object.entries(where).every(([name, value]) => (element as Readonly<Record<string, unknown>>)[name] === value);

function labelled(label: string, element: object): string {
  const members = element as Readonly<Record<string, unknown>>;
  return label.replace(/\{(\w+)\}/g, (_, name: string) => String(members[name] ?? ''));
}

function ofEvents({ value, identity }: FoundField, lives: FieldLives): readonly Part[] {
  const life = lives.of(identity);
  const amount = amountOf(value);
  return amount === null ? partsOfState(life) : partsOfAmount(life, amount, 1).map(titled);
}

const missing = (names: readonly string[]) =>
  problem('FIELD.NOT_FOUND', `The document has nothing at ${pointerTo(names)}.`);

const several = (names: readonly string[]) =>
  problem('FIELD.NOT_EXPLAINED', `There are several values at ${pointerTo(names) || 'the root'}: ask for one of them.`);

/** What the document does not have cannot be explained for that alone. */
async function unexplained(life: DocumentLife, names: readonly string[]) {
  const own = fieldOf(life.explains, names);
  const field = own.pattern.at(await lived(life, []), pointerTo(names));
  if (field === undefined) return missing(names);
  if (!isOneValue(field.value)) return several(names);
  return problem('FIELD.NOT_EXPLAINED', `Nobody tells how ${pointerTo(names)} comes about.`);
}
