import type { Exchange } from '../fake-server/fake-server.ts';
import type { OllamaState } from './state.ts';

/** GET /api/version. */
export function answerVersion(state: OllamaState, { wire }: Exchange): Promise<void> {
  return wire.json(200, { version: state.version });
}

/** GET /api/status, there since 0.16.2. */
export function answerStatus(state: OllamaState, { wire }: Exchange): Promise<void> {
  const { cloudDisabled } = state.settings;
  return wire.json(200, { cloud: { disabled: cloudDisabled, source: cloudDisabled ? 'env' : 'none' } });
}

/** True when `version` is `floor` or newer. A release candidate counts as its release. */
export function atLeast(version: string, floor: string): boolean {
  const mine = numbers(version);
  const theirs = numbers(floor);
  for (const [index, wanted] of theirs.entries()) {
    const part = mine[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}

function numbers(version: string): readonly number[] {
  return (version.split('-', 1)[0] ?? '').split('.').map(Number);
}
