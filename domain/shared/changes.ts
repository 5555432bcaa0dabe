// Of a whole that is changed member by member: a member that is left out stays, and one that is null is taken away.

/** Selects the members that differ from the whole; null only where there is something to take away. */
export function differing<Given extends object>(given: Given, whole: object): Given {
  const now: Readonly<Record<string, unknown>> = { ...whole };
  const differs = ([name, value]: readonly [string, unknown]): boolean =>
    JSON.stringify(value) !== JSON.stringify(now[name] ?? null);
  // Members of what is given, each of which may be left out.
  return Object.fromEntries(Object.entries(given).filter(differs)) as Given;
}

/** The whole with its changes. Null may be said of members alone that it need not have. */
export function withChanges<Whole extends object>(whole: Whole, changes: object): Whole {
  const members = Object.entries({ ...whole, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(members) as Whole;
}
