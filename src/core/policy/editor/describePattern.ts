import { expandBraces } from '../braces.ts';
import { patternLimits, readPattern } from '../pattern.ts';

/** What a pattern means, as sentences; what is wrong with it where it means nothing. */
export function describePattern(source: string, kind: 'rule' | 'exception'): readonly string[] {
  const read = readPattern(source);
  if (read.kind === 'invalid') return [read.message];
  const expansion = expandBraces(source, patternLimits.alternatives);
  const alternatives = expansion.kind === 'expanded' ? expansion.patterns : [source];
  const shown = alternatives.slice(0, mostShown).map((alternative) => describeOne(alternative, kind));
  const more = alternatives.length - shown.length;
  return more > 0 ? [...shown, `And ${more} more that the braces stand for.`] : shown;
}

const mostShown = 4;

function describeOne(alternative: string, kind: 'rule' | 'exception'): string {
  const folder = /\/(?:\*\*)?$/.test(alternative);
  const body = alternative
    .replace(/^\//, '')
    .replace(/\/$/, '')
    .replace(/(?:\/\*\*)+$/, '');
  const anchored = body.includes('/') || alternative.startsWith('/') || alternative.replace(/\/$/, '').includes('/');
  // A rule for a name holds for all that is inside; an exception lets only the file itself through.
  const inside = folder || kind === 'rule';
  return anchored ? describePath(body, { folder, inside }) : describeName(body, { folder, inside });
}

type Kind = { readonly folder: boolean; readonly inside: boolean };

function describeName(name: string, { folder, inside }: Kind): string {
  const what = folder ? 'Every folder' : inside ? 'Every file or folder' : 'Every file';
  const content = inside ? ', with all that is in it' : '';
  return `${what} ${callName(name)}, at any depth${content}.`;
}

function callName(name: string): string {
  if (name === '*' || name === '**') return 'of any name';
  const [, ending] = /^\*([^*?[\]]+)$/.exec(name) ?? [];
  if (ending !== undefined) return `whose name ends in ${ending}`;
  const [, beginning] = /^([^*?[\]]+)\*$/.exec(name) ?? [];
  if (beginning !== undefined) return `whose name begins with ${beginning}`;
  return /[*?[]/.test(name) ? `whose name is like ${name}` : `named ${name}`;
}

function describePath(path: string, { folder, inside }: Kind): string {
  if (!/[*?[]/.test(path)) {
    if (folder) return `The folder ${path}, with all that is in it.`;
    return inside ? `The file ${path}, or the folder of that name with all that is in it.` : `The file ${path}.`;
  }
  const wild = [
    ...(path.split('/').includes('**') ? ['** stands for any folders'] : []),
    ...(/(?<!\*)\*(?!\*)/.test(path) ? ['* for any part of a name'] : []),
    ...(path.includes('?') ? ['? for one character'] : []),
  ].join(', ');
  const what = folder ? 'Every folder' : 'Every path';
  return `${what} like ${path}${inside ? ', with all that is in it' : ''}${wild === '' ? '' : `; ${wild}`}.`;
}
