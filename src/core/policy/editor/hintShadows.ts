import { isReach, type Reach } from '../../label/reach.ts';
import { ownReach } from '../ownReach.ts';
import type { Finding } from './finding.ts';
import { findHoldersIn, isAsNear, isStrict, reachOf, type FindHolders, type Holder } from './holders.ts';
import { fieldOf, type Entry, type EntryPattern, type Outline } from './outline.ts';

/** Policies with more globs are not compared with themselves between two keys. */
const mostGlobs = 2000;

/** Rules and patterns that add nothing, because the whole file, another rule or a built-in one already holds as much. */
export function hintShadows(outline: Outline, silentReach: Reach): readonly Finding[] {
  const globs = outline.rules.reduce(
    (sum, { patterns }) => sum + patterns.reduce((count, pattern) => count + pattern.globs.length, 0),
    0,
  );
  const find: FindHolders = globs > mostGlobs ? () => [] : findHoldersIn(outline);
  return outline.rules.flatMap((rule) => hintWhole(rule, outline, silentReach) ?? hintRule(rule, find));
}

/** A rule that is no nearer than the file as a whole. */
function hintWhole(
  rule: Entry,
  { reach: own, exceptions }: Outline,
  silentReach: Reach,
): readonly Finding[] | undefined {
  const reach = reachOf(rule);
  const whole = isReach(own?.value) ? own.value : silentReach;
  if (reach === undefined) return [];
  const excepted = exceptions.some((exception) => fieldOf(exception, 'of') === ownReach);
  if (reach !== whole || (reach !== 'cloud' && (isStrict(rule) || excepted))) return undefined;
  const message =
    reach === 'cloud'
      ? 'A rule only narrows: with "cloud" it holds nothing back. Choose a nearer reach.'
      : `This rule adds nothing: all files of this policy stay within "${reach}" anyway.`;
  const severity = reach === 'cloud' ? 'warning' : 'information';
  return [{ kind: 'without effect', severity, message, ...placeOf(rule, 'reach') }];
}

function hintRule(rule: Entry, find: FindHolders): readonly Finding[] {
  const shadows = rule.patterns.flatMap((pattern) => {
    const by = coveredBy(pattern, rule, find);
    return by ? [{ pattern, by }] : [];
  });
  const outside = shadows.find(({ by }) => by.rule !== rule);
  if (outside && shadows.length === rule.patterns.length) {
    const message = `This rule adds nothing: ${outside.by.name} already holds its files to "${outside.by.reach}".`;
    return [{ kind: 'shadowed', severity: 'information', message, ...placeOf(rule, 'id') }];
  }
  return shadows.map(({ pattern, by }) => {
    const { offset, length } = pattern;
    const who = by.rule === rule && by.pattern ? `"${by.pattern.source}" of the same rule` : by.name;
    const message = `This pattern adds nothing: ${who} already holds what it matches to "${by.reach}".`;
    return { kind: 'shadowed', severity: 'information', message, offset, length };
  });
}

/** The holder of the first glob, if every glob of the pattern has one. */
function coveredBy(pattern: EntryPattern, rule: Entry, find: FindHolders): Holder | undefined {
  const by = pattern.globs.map((glob) =>
    find(glob).find((holder) => isAsNear(holder, rule) && comesFirst(holder, pattern, rule)),
  );
  return by.every((holder) => holder !== undefined) ? by[0] : undefined;
}

/** Of two that say the same only the later is idle. */
function comesFirst(holder: Holder, pattern: EntryPattern, rule: Entry): boolean {
  if (holder.pattern === pattern) return false;
  if (!holder.rule || holder.rule.index < rule.index) return true;
  const wider = pattern.globs.every(({ full }) => full !== holder.glob.full);
  if (holder.rule === rule) return wider || (holder.pattern?.offset ?? 0) < pattern.offset;
  return wider || holder.reach !== reachOf(rule) || (holder.strict && !isStrict(rule));
}

function placeOf(rule: Entry, key: string): { readonly offset: number; readonly length: number } {
  const { offset, length } = rule.fields.get(key) ?? { offset: rule.offset, length: 1 };
  return { offset, length };
}
