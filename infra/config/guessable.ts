/** What stands in examples, to be replaced before a start. */
const PLACEHOLDERS =
  /change.?(me|this|it)|replace.?(me|this|it)|your.?(own.?)?(secret|key|password)|insert.?here|to.?be.?set/i;
/** Words that people make secrets of; a secret has to be long without them. */
const COMMON_WORDS =
  /passw(or|0r)d|passphrase|secrets?|admin(istrator)?|default|example|sample|test(ing)?|demo|dev(elopment)?|prod(uction)?|local(host)?|letmein|welcome|qwert[yz]?(uiop)?|asdf(ghjkl)?|zxcvb(nm)?|abcdef(ghijklmnopqrstuvwxyz)?|0?123456789(0|abcdef)?|very|super|long|cartwright|shop|token|key/gi;
const NO_LETTER_OR_DIGIT = /[^\p{L}\p{N}]/gu;

const LEAST_DIFFERENT = 6;
const LEAST_BESIDE_WORDS = 12;

/** Whether somebody who tries the obvious finds it: few different characters, a repeated piece, or words that everybody knows. */
export function isGuessable(secret: string): boolean {
  if (isMonotonous([...secret])) return true;
  return PLACEHOLDERS.test(secret) || besideCommonWords(secret) < LEAST_BESIDE_WORDS;
}

/** Whether few different ones make it up, or a piece of at most its half is repeated throughout. */
export function isMonotonous(units: readonly (string | number)[]): boolean {
  if (new Set(units).size < LEAST_DIFFERENT) return true;
  for (let period = 1; period <= units.length / 2; period += 1) {
    if (units.every((unit, index) => index < period || unit === units[index - period])) return true;
  }
  return false;
}

const besideCommonWords = (secret: string): number =>
  secret.replace(NO_LETTER_OR_DIGIT, '').replace(COMMON_WORDS, '').length;
