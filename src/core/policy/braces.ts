/** The alternatives of a pattern with `{a,b}` in it, in order, or why it has none. */
export type Expansion =
  | { readonly kind: 'expanded'; readonly patterns: readonly string[] }
  | { readonly kind: 'invalid'; readonly message: string; readonly at: number };

/**
 * Writes out the braces of a pattern. More than `max` alternatives are an error, counted before any is built, because a
 * list cut short would be a rule that silently stops matching.
 */
export function expandBraces(pattern: string, max: number): Expansion {
  const read = readSequence({ pattern, at: 0, depth: 0 });
  if ('message' in read) return { kind: 'invalid', ...read };
  if (count(read.sequence) > max) {
    return {
      kind: 'invalid',
      message: `The braces make more than ${max} alternatives. Write several patterns instead.`,
      at: pattern.indexOf('{'),
    };
  }
  return { kind: 'expanded', patterns: [...new Set(write(read.sequence))] };
}

type Sequence = readonly (string | Choice)[];
type Choice = { readonly options: readonly Sequence[] };
type Cursor = { readonly pattern: string; readonly at: number; readonly depth: number };
type Complaint = { readonly message: string; readonly at: number };
type SequenceRead = { readonly sequence: Sequence; readonly end: number };

const maxDepth = 8;

function readSequence({ pattern, at, depth }: Cursor): SequenceRead | Complaint {
  const sequence: (string | Choice)[] = [];
  let literal = '';
  let i = at;
  while (i < pattern.length) {
    const character = pattern.charAt(i);
    if (character === '[') {
      const end = classEnd(pattern, i);
      literal += pattern.slice(i, end);
      i = end;
    } else if (character === '{') {
      const choice = readChoice({ pattern, at: i, depth: depth + 1 });
      if ('message' in choice) return choice;
      sequence.push(literal, choice.choice);
      literal = '';
      i = choice.end;
    } else if (character === '}' && depth === 0) {
      return { message: 'This } closes nothing. For the character itself write [}].', at: i };
    } else if (depth > 0 && (character === ',' || character === '}')) {
      break;
    } else {
      literal += character;
      i++;
    }
  }
  return { sequence: [...sequence, literal], end: i };
}

function readChoice({ pattern, at, depth }: Cursor): { choice: Choice; end: number } | Complaint {
  if (depth > maxDepth)
    return { message: `Braces stand more than ${maxDepth} deep. Write several patterns instead.`, at };
  const options: Sequence[] = [];
  let i = at + 1;
  for (;;) {
    const option = readSequence({ pattern, at: i, depth });
    if ('message' in option) return option;
    options.push(option.sequence);
    if (option.end >= pattern.length)
      return { message: 'This { is never closed. For the character itself write [{].', at };
    i = option.end + 1;
    if (pattern.charAt(option.end) === '}') break;
  }
  const inside = pattern.slice(at + 1, i - 1);
  if (options.length < 2) {
    const message = inside.includes('..')
      ? 'Ranges such as {1..9} are not understood. Write the alternatives out or use [1-9].'
      : 'Braces need two or more alternatives: {a,b}. For the characters themselves write [{] and [}].';
    return { message, at };
  }
  return { choice: { options }, end: i };
}

/** The index after the `]` of the class that starts there; a class that is never closed is the pattern reader's to report. */
function classEnd(pattern: string, at: number): number {
  const close = pattern.indexOf(']', at + 2);
  return close === -1 ? pattern.length : close + 1;
}

function count(sequence: Sequence): number {
  return sequence.reduce<number>(
    (product, part) =>
      typeof part === 'string' ? product : product * part.options.reduce((sum, option) => sum + count(option), 0),
    1,
  );
}

function write(sequence: Sequence): string[] {
  return sequence.reduce<string[]>(
    (heads, part) => {
      const tails = typeof part === 'string' ? [part] : part.options.flatMap((option) => write(option));
      return heads.flatMap((head) => tails.map((tail) => head + tail));
    },
    [''],
  );
}
