const optional = new WeakSet<object>();

/** A body whose members are all optional may be left out altogether: it is `{}` then. */
export const OptionalBody = (): ClassDecorator => (type) => void optional.add(type);

export const mayBeLeftOut = (type: object): boolean => optional.has(type);

/** Copies the members that are neither undefined nor null. */
export function omitNullish<Members extends object>(
  members: Members,
): { readonly [Name in keyof Members]?: NonNullable<Members[Name]> } {
  const kept: { [Name in keyof Members]?: NonNullable<Members[Name]> } = {};
  for (const name in members) {
    const member = members[name];
    if (member !== undefined && member !== null) kept[name] = member;
  }
  return kept;
}
