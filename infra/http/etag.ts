import { invalid } from './problem.js';

/** The entity tag of a stream's revision, strong: `"7"`; `"-1"` where the stream has yet to begin. */
export const etagOf = (revision: number): string => `"${revision}"`;

const MEMBER = /^(W\/)?"([\x21\x23-\x7e]*)"$/;
/** As `etagOf` writes it: tags are compared as text, so `"04"` is another one than `"4"`. */
const REVISION = /^(?:-1|0|[1-9]\d{0,14})$/;
const MAX_MEMBERS = 20;

/**
 * The revisions of an If-Match header: undefined without a header, `'exists'` for `*`. A weak tag or one that is no
 * revision never matches, and is left out. @throws ProblemError 400 when it is no list of quoted tags
 */
export function parseIfMatch(header: string | undefined): readonly number[] | 'exists' | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'exists';
  const members = header.split(',').map((member) => MEMBER.exec(member.trim()));
  if (members.length > MAX_MEMBERS) throw invalid('If-Match', `has more than ${MAX_MEMBERS} tags`);
  const revisions: number[] = [];
  for (const member of members) {
    if (member === null) throw invalid('If-Match', 'must be quoted entity tags, such as "7"');
    // If-Match compares strongly (RFC 9110, 13.1.1), so a weak tag matches nothing.
    if (member[1] === undefined && REVISION.test(member[2] ?? '')) revisions.push(Number(member[2]));
  }
  return revisions;
}
