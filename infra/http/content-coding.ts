const QUALITY = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/**
 * The coding that a client likes best of those on offer (RFC 9110, 12.5.3), the first of them where it likes several alike;
 * null where the answer has to go as it is.
 */
export function preferredCoding<Coding extends string>(
  accepted: string | undefined,
  offered: readonly Coding[],
): Coding | null {
  if (accepted === undefined) return null;
  const qualities = new Map(accepted.split(',').map(qualityOf));
  const of = (coding: string): number => qualities.get(coding) ?? qualities.get('*') ?? 0;
  let best: Coding | null = null;
  // Unnamed, "as it is" is always possible, and any coding is liked better.
  let quality = qualities.get('identity') ?? 0;
  for (const coding of offered) {
    if (of(coding) <= (best === null ? Math.max(quality - Number.EPSILON, 0) : quality)) continue;
    best = coding;
    quality = of(coding);
  }
  return best;
}

function qualityOf(member: string): readonly [string, number] {
  const [name = '', ...parameters] = member.split(';').map((part) => part.trim());
  const given = parameters.map((parameter) => QUALITY.exec(parameter)?.[1]).find((text) => text !== undefined);
  const hasUnreadable = given === undefined && parameters.some((parameter) => /^q=/i.test(parameter));
  return [name.toLowerCase().replace(/^x-gzip$/, 'gzip'), hasUnreadable ? 0 : Number(given ?? 1)];
}
