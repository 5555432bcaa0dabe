/** Checks whether a subject matches one of the patterns: `*` is any word, `>` at the end any words. */
export function subjectFilter(patterns: readonly string[]): (subject: string) => boolean {
  const expressions = patterns.map(expressionOf);
  return (subject) => expressions.some((expression) => expression.test(subject));
}

function expressionOf(pattern: string): RegExp {
  const words = pattern.split('.').map((word, index, all) => {
    if (word === '*') return '[^.]+';
    return word === '>' && index === all.length - 1 ? '.+' : word.replace(/[^\w-]/g, '\\$&');
  });
  return new RegExp(`^${words.join('\\.')}$`);
}
