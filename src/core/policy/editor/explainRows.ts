import { mayReach } from '../../label/reach.ts';
import type { Explanation, ExplainedException, ExplainedRule, ZoneAnswer } from '../explain.ts';
import type { Remedy } from '../remedy.ts';
import type { RuleRef } from '../ruleRef.ts';
import type { Weakening } from '../weakening.ts';
import { capitalised, layerNames, nameKinds, placeNames, stateNames } from './words.ts';

/** A line of an explanation, drawn by any list; a `title` stands above the lines that follow it. */
export type ExplainRow = { readonly kind: 'title'; readonly label: string } | ExplainLine;

export type ExplainLine = {
  readonly kind: 'line';
  /** A codicon's name. */
  readonly icon: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** The place it is about; lines from one. */
  readonly open?: { readonly file: string; readonly line: number };
  /** What to write there to change the result. */
  readonly insert?: string;
};

export type ExplainContext = {
  readonly explanation: Explanation;
  /** A place as people read it. */
  readonly place: (file: string, line: number | undefined) => string;
  /** The changes of the policy that are held back. */
  readonly pending: readonly Pick<Weakening, 'file' | 'rule'>[];
  /** What could not be looked at, in words. */
  readonly unseen?: string;
};

/** Everything that led to a decision, line by line, without a word of the text it is about. */
export function explainRows(context: ExplainContext): readonly ExplainRow[] {
  const { zones, remedies, names } = context.explanation;
  const rules = onceEach(context.explanation.rules);
  return [
    ...titled(
      'How far',
      zones.map((answer) => zoneLine(answer, context)),
    ),
    { kind: 'title', label: rules.length === 0 ? 'No rule matches' : 'Rules that match' },
    ...rules.flatMap((rule) => [ruleLine(rule, context), ...rule.exceptions.map((one) => exceptionLine(one, context))]),
    ...titled(
      'The smallest change',
      remedies.map((remedy) => remedyLine(remedy, context)),
    ),
    ...titled('Looked at', [
      stateLine(context),
      ...(names.length === 0 ? [] : [namesLine(context.explanation)]),
      ...(context.unseen === undefined ? [] : [unseenLine(context.unseen)]),
    ]),
  ];
}

/** What several versions of a file say alike is one rule to its reader. */
function onceEach(rules: readonly ExplainedRule[]): readonly ExplainedRule[] {
  const seen = new Set<string>();
  return rules.filter(({ ref, holds }) => {
    const key = JSON.stringify([ref.layer, ref.file, ref.id, ref.pattern, ref.reach, holds]);
    return !seen.has(key) && seen.add(key);
  });
}

function titled(label: string, lines: readonly ExplainLine[]): readonly ExplainRow[] {
  return lines.length === 0 ? [] : [{ kind: 'title', label }, ...lines];
}

function zoneLine({ zone, allowed, why }: ZoneAnswer, { explanation, place }: ExplainContext): ExplainLine {
  const by = explanation.rules.find(({ ref, holds }) => holds && !mayReach(ref.reach, zone));
  const because = by
    ? `rule ${by.ref.id}, ${rulePlace(by.ref, place)}`
    : (zone === 'cloud' && troubleOf(explanation)) || why;
  return {
    kind: 'line',
    icon: allowed ? 'check' : 'circle-slash',
    label: capitalised(placeNames[zone]),
    description: allowed ? 'may go' : `may not go · ${because}`,
  };
}

function ruleLine({ ref, holds, via }: ExplainedRule, { place, pending }: ExplainContext): ExplainLine {
  const kind = nameKinds[via.kind];
  const detail = [
    ref.reason,
    ref.owner,
    kind === undefined ? undefined : `matches ${kind}, ${via.path}`,
    holds ? undefined : 'taken out by an exception',
    pending.some(({ file, rule }) => file === ref.file && rule === ref.id) ? 'a change of it is held back' : undefined,
  ].filter((word) => word !== undefined);
  return {
    kind: 'line',
    icon: holds ? 'law' : 'circle-outline',
    // What counts comes first: a long pattern is cut off at its end.
    label: `${ref.id} → ${ref.reach}`,
    description: `${rulePlace(ref, place)} · ${ref.pattern}`,
    ...(detail.length > 0 && { detail: detail.join(' · ') }),
    ...opening(ref.file, ref.line),
  };
}

function exceptionLine(
  { id, reason, file, line, outcome }: ExplainedException,
  { place }: ExplainContext,
): ExplainLine {
  return {
    kind: 'line',
    icon: outcome === 'applies' ? 'pass' : 'dash',
    label: `exception ${id}: ${outcome}`,
    description: `${place(file, line)} · ${reason}`,
    ...opening(file, line),
  };
}

function remedyLine({ message, file, line, insert }: Remedy, { place }: ExplainContext): ExplainLine {
  return {
    kind: 'line',
    icon: 'edit',
    label: message,
    ...(file !== undefined && { description: place(file, line) }),
    ...(insert !== undefined && { detail: insert, insert }),
    ...opening(file, line),
  };
}

function stateLine({ explanation, pending }: ExplainContext): ExplainLine {
  const count = pending.length;
  const held = count === 0 ? [] : [`${count} of its changes ${count === 1 ? 'is' : 'are'} held back`];
  return {
    kind: 'line',
    icon: 'shield',
    label: troubleOf(explanation) ?? explanation.doubt ?? stateNames[explanation.state],
    description: [`policy ${explanation.hash.slice(0, 12)}`, ...held].join(' · '),
  };
}

/** What stands above everything else that may be said: the policy itself could not be read, or not yet. */
function troubleOf({ state }: Explanation): string | undefined {
  return state === 'invalid' || state === 'loading' ? stateNames[state] : undefined;
}

function namesLine({ names }: Explanation): ExplainLine {
  const distinct = [...new Set(names.map(({ path }) => path))];
  return {
    kind: 'line',
    icon: 'symbol-file',
    label: `${distinct.length} ${distinct.length === 1 ? 'name' : 'names'} of the file`,
    description: distinct.join(' · '),
  };
}

function unseenLine(unseen: string): ExplainLine {
  return { kind: 'line', icon: 'eye-closed', label: unseen };
}

function rulePlace({ file, line, layer }: RuleRef, place: ExplainContext['place']): string {
  return file === undefined ? layerNames[layer] : `${layerNames[layer]}, ${place(file, line)}`;
}

function opening(file: string | undefined, line: number | undefined): Pick<ExplainLine, 'open'> {
  return file === undefined || file === '' ? {} : { open: { file, line: line ?? 1 } };
}
