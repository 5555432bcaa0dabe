type Members = Readonly<Record<string, unknown>>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What somebody typed, upon what the engine has now: what they did not touch is as it is now. */
export function rebased<Draft extends object>(before: Draft, typed: Draft, now: Draft): Draft {
  const [was, is, current] = [before as Members, typed as Members, now as Members];
  const names = [...new Set([...Object.keys(is), ...Object.keys(current)])];
  return Object.fromEntries(names.map((name) => [name, same(was[name], is[name]) ? current[name] : is[name]])) as Draft;
}

/** The members that differ, for a request that changes a part: null takes away what is there no more. */
export function patchOf<Body extends object>(before: Body, after: Body): Partial<Body> {
  const [was, is] = [before as Members, after as Members];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !same(was[name], is[name]));
  return Object.fromEntries(names.map((name) => [name, is[name] ?? null])) as Partial<Body>;
}
