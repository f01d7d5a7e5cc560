import type { Provenance } from '../label/provenance.ts';
import { describeProvenance } from '../label/provenance.ts';
import { mayReach, zones, type Reach, type Zone } from '../label/reach.ts';
import type { NameKind, ResourceName } from '../label/resource.ts';
import { matchResource, type Match } from './match.ts';
import type { PolicyDecision } from './port.ts';
import { remedyFor, type Remedy } from './remedy.ts';
import type { RuleRef } from './ruleRef.ts';
import type { PolicyState } from './state.ts';

/** Why a text may go as far as it may, without a word of the text. */
export type Explanation = {
  readonly subject: string;
  readonly reach: Reach;
  readonly zones: readonly ZoneAnswer[];
  /** Every rule that matches, also one that an exception takes this file out of. */
  readonly rules: readonly ExplainedRule[];
  readonly names: readonly ResourceName[];
  readonly doubt?: string;
  /** The smallest edits that would let it go farther; all of them are needed. */
  readonly remedies: readonly Remedy[];
  readonly state: PolicyState['kind'];
  readonly hash: string;
};

export type ZoneAnswer = { readonly zone: Zone; readonly allowed: boolean; readonly why: string };

export type ExplainedRule = {
  readonly ref: RuleRef;
  /** Whether it holds for the file under at least one name. */
  readonly holds: boolean;
  /** The name that matched. */
  readonly via: { readonly kind: NameKind; readonly path: string };
  readonly exceptions: readonly ExplainedException[];
};

export type ExplainedException = {
  readonly id: string;
  readonly reason: string;
  readonly file: string;
  readonly line: number;
  readonly outcome: 'applies' | 'expired' | 'does not name this file';
};

type Explained = { readonly state: PolicyState; readonly decision: PolicyDecision };

/** Explains a decision. `decision` is what holds for the text in this state, with the trust of the workspace. */
export function explain({ state, decision }: Explained, provenance: Provenance): Explanation {
  const resource = provenance.kind === 'file' ? provenance.resource : undefined;
  const result = resource && matchResource(state.policy, resource);
  const matches = result?.kind === 'matched' ? result.matches : [];
  const rules = mergeMatches(matches);
  return {
    subject: describeProvenance(provenance),
    reach: decision.reach,
    zones: zones.map((zone) => answer(zone, { decision, state })),
    rules,
    names: resource?.names ?? [],
    ...(decision.doubt === undefined ? {} : { doubt: decision.doubt }),
    remedies: remedyFor({
      state,
      decision,
      provenance,
      holding: rules.filter(({ holds }) => holds).map(({ ref }) => ref),
    }),
    state: state.kind,
    hash: state.hash,
  };
}

function answer(zone: Zone, { decision, state }: Explained): ZoneAnswer {
  const allowed = mayReach(decision.reach, zone) && (zone !== 'cloud' || state.kind === 'loaded');
  if (allowed)
    return {
      zone,
      allowed,
      why: decision.rules.length === 0 ? 'No rule holds it back.' : 'Its rules let it go this far.',
    };
  const [rule] = decision.rules.filter((candidate) => !mayReach(candidate.reach, zone));
  if (rule)
    return {
      zone,
      allowed,
      why: `${describeRule(rule)} keeps it to "${rule.reach}"${rule.reason === undefined ? '' : `: ${rule.reason}`}.`,
    };
  return { zone, allowed, why: decision.doubt ?? stateText[state.kind] };
}

/** A rule as people find it: its id, its file and line. */
export function describeRule({ layer, id, file, line, pattern }: RuleRef): string {
  if (layer === 'built-in') return `The built-in rule "${id}" (${pattern})`;
  const place = file === undefined ? '' : ` in ${file}${line === undefined ? '' : `:${line}`}`;
  return layer === 'imported' ? `The line ${pattern}${place}` : `The rule "${id}" (${pattern})${place}`;
}

function mergeMatches(matches: readonly Match[]): readonly ExplainedRule[] {
  const byRule = new Map<RuleRef, readonly Match[]>();
  for (const match of matches) byRule.set(match.ref, [...(byRule.get(match.ref) ?? []), match]);
  return [...byRule].map(([ref, same]) => {
    const telling = same.find((match) => !match.exceptedBy) ?? same[0];
    return {
      ref,
      holds: same.some((match) => !match.exceptedBy),
      via: { kind: telling?.name.name.kind ?? 'path', path: telling?.name.name.path ?? '' },
      exceptions: explainExceptions(same),
    };
  });
}

function explainExceptions(same: readonly Match[]): readonly ExplainedException[] {
  const applied = new Set(same.map((match) => match.exceptedBy?.id));
  const all = same.flatMap((match) => match.rule?.exceptions ?? []);
  const once = [...new Map(all.map((one) => [`${one.file}\n${one.exception.id}`, one])).values()];
  return once.map(({ exception, file, expired }) => ({
    id: exception.id,
    reason: exception.reason,
    file,
    line: exception.line,
    outcome: applied.has(exception.id) ? 'applies' : expired ? 'expired' : 'does not name this file',
  }));
}

const stateText: Readonly<Record<PolicyState['kind'], string>> = {
  none: 'No policy file says that anything may go to the cloud.',
  loading: 'The policy is still loading.',
  invalid: 'The policy has an error.',
  loaded: 'The policy keeps text of this kind nearer.',
};
