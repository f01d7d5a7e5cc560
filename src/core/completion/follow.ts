/** What a suggestion still has to say after someone has typed on. `ahead`: the typing agrees so far but went further. */
export type Following =
  { readonly kind: 'rest'; readonly rest: string } | { readonly kind: 'ahead' } | { readonly kind: 'off' };

/**
 * Compares a suggestion with what was typed since. Indentation at the start of a line is compared by meaning, not by
 * column: editors indent on Enter by their own rules. Both texts have `\n` line ends.
 */
export function follow(suggestion: string, typed: string): Following {
  const [first = '', ...more] = typed.split('\n');
  let step = matchLine(suggestion, 0, first);
  for (const [index, line] of more.entries()) {
    if (step.kind !== 'on') return step;
    if (step.at >= suggestion.length) return { kind: 'ahead' };
    if (suggestion[step.at] !== '\n') return { kind: 'off' };
    const start = step.at + 1;
    const wanted = indentation(suggestion, start);
    const given = indentation(line, 0);
    if (index === more.length - 1 && given.length === line.length)
      return atBlankLine(suggestion, start, { wanted, given });
    step = matchLine(suggestion, start + wanted.length, line.slice(given.length));
  }
  if (step.kind !== 'on') return step;
  return { kind: 'rest', rest: suggestion.slice(step.at) };
}

type Step = { readonly kind: 'on'; readonly at: number } | { readonly kind: 'ahead' } | { readonly kind: 'off' };

function matchLine(suggestion: string, at: number, typed: string): Step {
  const there = suggestion.slice(at, at + typed.length);
  if (there === typed) return { kind: 'on', at: at + typed.length };
  return at + there.length === suggestion.length && typed.startsWith(there) ? { kind: 'ahead' } : { kind: 'off' };
}

/** The cursor stands in the leading white space of a line. A suggestion that goes on further left cannot be shown there. */
function atBlankLine(suggestion: string, at: number, { wanted, given }: { wanted: string; given: string }): Following {
  const content = at + wanted.length;
  if (content >= suggestion.length) return { kind: 'ahead' };
  if (wanted.startsWith(given)) return { kind: 'rest', rest: suggestion.slice(at + given.length) };
  const sameWidth = columns(given) === columns(wanted);
  return sameWidth ? { kind: 'rest', rest: suggestion.slice(content) } : { kind: 'off' };
}

function indentation(text: string, at: number): string {
  let end = at;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(at, end);
}

function columns(indent: string): number {
  return indent.length + 3 * (indent.split('\t').length - 1);
}
