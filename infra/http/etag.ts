import { invalid } from './problem.js';

/** The entity tag of a stream's revision, strong: `"7"`; `"-1"` where the stream has yet to begin. */
export const etagOf = (revision: number): string => `"${revision}"`;

const MEMBER = /^(W\/)?"([\x21\x23-\x7e]*)"$/;
/** As `etagOf` writes it: tags are compared as text, so `"04"` is another one than `"4"`. */
const REVISION = /^(?:-1|0|[1-9]\d{0,14})$/;
const MAX_MEMBERS = 20;

/** What an If-Match header lists. */
export interface IfMatch {
  /** Revisions of strong tags; a tag that is no revision matches nothing, and is left out. */
  readonly revisions: readonly number[];
  /** A weak tag was among them, which never matches: If-Match compares strongly (RFC 9110, 13.1.1). */
  readonly hasWeak: boolean;
}

/** Undefined without a header, `'exists'` for `*`. @throws ProblemError 400 when it is no list of quoted tags */
export function parseIfMatch(header: string | undefined): IfMatch | 'exists' | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'exists';
  const members = header.split(',').map((member) => MEMBER.exec(member.trim()));
  if (members.length > MAX_MEMBERS) throw invalid('If-Match', `has more than ${MAX_MEMBERS} tags`);
  const revisions: number[] = [];
  let hasWeak = false;
  for (const member of members) {
    if (member === null) throw invalid('If-Match', 'must be quoted entity tags, such as "7", or *');
    const [, weak, tag = ''] = member;
    if (weak !== undefined) hasWeak = true;
    else if (REVISION.test(tag)) revisions.push(Number(tag));
  }
  return { revisions, hasWeak };
}
