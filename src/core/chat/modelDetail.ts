import type { ListedModel } from '../exchange/guard.ts';
import { formatBytes } from '../protocol/amounts.ts';

/** How big a listed model is, in parameters and bytes: `7.6B · 4.7 GB`. Undefined where nothing is known. */
export function modelDetail({ info, proof }: ListedModel): string | undefined {
  // What a local server stores of a model that runs elsewhere is a stub of some hundred bytes: no size of the model.
  const isStub = info.remoteHost !== undefined || proof.evidence.model.kind === 'remote';
  const size = info.bytes === undefined || isStub ? [] : [formatBytes(info.bytes)];
  const words = [...(info.parameterSize === undefined ? [] : [info.parameterSize]), ...size];
  return words.length === 0 ? undefined : words.join(' · ');
}
