/**
 * How the fields of a document came about, for people who ask why a field is what it is. What events made of a field follows from
 * the fold itself; a rule says in words why they do, and of a sum which other fields it is made up of.
 */
export interface Explains {
  /**
   * Rules by JSON Pointer, in which `*` stands for any element of a list. A rule also holds for what is below its pointer, where none
   * with a longer pointer does.
   */
  readonly fields: Readonly<Record<string, FieldRule>>;
  /**
   * By the pointer of a list: the member that tells its elements apart, or the first of several that an element has. The events of an
   * element are found by it where places change; a list that is left out only ever grows.
   */
  readonly elements?: Readonly<Record<string, readonly string[]>>;
}

export interface FieldRule {
  /** One sentence. */
  readonly rule: string;
  /** The fields that the field is the sum of; left out where events alone tell. */
  readonly sum?: readonly Addend[];
}

export interface Addend {
  /**
   * A pointer as those of rules. A `*` within what it has in common with the pointer of the rule is the same element; any other one
   * stands for all elements.
   */
  readonly field: string;
  readonly sign: 1 | -1;
  /** For people; `{name}` is the member of the element. */
  readonly label: string;
  /** Members that an element has, of those that enter the sum. */
  readonly where?: Readonly<Record<string, boolean | string>>;
}

/** A field that events alone tell of. */
export const told = (rule: string): FieldRule => ({ rule });

/** A field that is the sum of others. */
export const sum = (rule: string, ...addends: readonly Addend[]): FieldRule => ({ rule, sum: addends });

export const plus = (field: string, label: string, where?: Addend['where']): Addend => ({
  field,
  sign: 1,
  label,
  ...(where === undefined ? {} : { where }),
});

export const minus = (field: string, label: string, where?: Addend['where']): Addend => ({
  ...plus(field, label, where),
  sign: -1,
});
