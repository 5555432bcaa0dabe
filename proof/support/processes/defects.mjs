// What an engine logs that is a bug, whatever its shoppers see of it: what a store or a provider does is an error of a port.
const NAMES_OF_BUGS = new Set(['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'AssertionError']);

/** The errors in a log, each with those that caused it. */
function* errorsOf({ err }) {
  for (let error = err; error !== undefined; error = error.cause) yield error;
}

function isBug(line) {
  try {
    return [...errorsOf(JSON.parse(line))].some(({ type }) => NAMES_OF_BUGS.has(type));
  } catch {
    // Node's own warnings, and the end of a process by an error that nobody caught.
    return true;
  }
}

const MOST_TOLD = 5;

/** @param {string} log what engines have said, a line of JSON each */
export function defectsIn(log) {
  const bugs = log.split('\n').filter((line) => line !== '' && isBug(line));
  const told = bugs.slice(0, MOST_TOLD).map((line) => `an engine logs ${line.slice(0, 400)}`);
  return bugs.length > MOST_TOLD ? [...told, `and ${bugs.length - MOST_TOLD} more lines like these`] : told;
}
