import { nearest, type Reach } from '../../../src/core/label/reach.ts';
import type { Declassify } from '../../../src/core/policy/declassify.ts';
import type { OutageRule } from '../../../src/core/policy/settings.ts';

/** A policy as the fuzzer writes it: folders and how they are held. Simple enough to be judged without the product. */
export type SimplePolicy = {
  readonly folders: Readonly<Record<string, Hold>>;
  /** Whether a farther model may step in for one that is down; what is not said is `ask`. */
  readonly onOutage?: OutageRule;
};

export type Hold = { readonly reach: Reach; readonly declassify: Declassify };

export const policyFile = '.ringfence.jsonc';
export const nestedFile = 'lib/.ringfence.jsonc';

/** The text of a policy file. A nested one names folders below its own. */
export function writePolicy({ folders, onOutage }: SimplePolicy, { nested = false } = {}): string {
  const rules = Object.entries(folders).map(([name, hold]) => ({
    id: `r-${name.replaceAll('/', '-')}`,
    files: [nested ? `/${name.replace(/^lib\//, '')}/` : `/${name}/`],
    ...hold,
  }));
  const cloud = onOutage === undefined ? {} : { cloud: { onOutage } };
  return JSON.stringify({ version: 1, ...(nested ? {} : { reach: 'cloud', ...cloud }), rules });
}

/** What `writePolicy` wrote; undefined for anything else. */
export function parsePolicy(text: string | undefined, below = ''): SimplePolicy | undefined {
  if (text === undefined || !text.endsWith(']}')) return undefined;
  const { rules, cloud }: Written = JSON.parse(text);
  const holds = rules.map(({ files: [name], reach, declassify }): [string, Hold] => [
    below + name.slice(1, -1),
    { reach, declassify },
  ]);
  return { folders: Object.fromEntries(holds), ...cloud };
}

type Written = {
  readonly rules: readonly ({ readonly files: readonly [string] } & Hold)[];
  readonly cloud?: { readonly onOutage: OutageRule };
};

/** All that holds for a path, the built-in rule for `.env` included. */
export function holdsFor({ folders }: SimplePolicy, path: string): readonly Hold[] {
  const builtIn: readonly Hold[] = path.split('/').at(-1) === '.env' ? [{ reach: 'device', declassify: 'never' }] : [];
  return [
    ...builtIn,
    ...Object.entries(folders).flatMap(([name, hold]) => (path.startsWith(`${name}/`) ? [hold] : [])),
  ];
}

const strictness: readonly OutageRule[] = ['auto', 'ask', 'never'];

/** The strictest of what the policies say; a nested one says nothing. */
export function strictestOutage(policies: readonly (SimplePolicy | undefined)[]): OutageRule {
  const stated = policies.flatMap((policy) => (policy ? [strictness.indexOf(policy.onOutage ?? 'ask')] : []));
  return strictness[Math.max(0, ...stated)] ?? 'never';
}

/** Rule by rule: one that is gone, reaches farther or lets more go waits for the user, also where another covers its files. */
export function isWeaker(now: SimplePolicy, before: SimplePolicy): boolean {
  const outages = [now, before].map((policy) => strictness.indexOf(strictestOutage([policy])));
  if ((outages[0] ?? 0) < (outages[1] ?? 0)) return true;
  return Object.entries(before.folders).some(([name, { reach, declassify }]) => {
    const is = now.folders[name];
    return (
      is === undefined ||
      nearest(is.reach, reach) !== is.reach ||
      (declassify === 'never' && is.declassify === 'confirm')
    );
  });
}
