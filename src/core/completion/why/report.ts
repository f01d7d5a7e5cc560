import { isEmbedded } from '../../embedded/embeddedModel.ts';
import { formatModelRef } from '../../exchange/model.ts';
import { formatBytes, formatDuration } from '../../protocol/amounts.ts';
import type { Zone } from '../../label/reach.ts';
import { servedWhere } from '../../status/servedBy.ts';
import { roundSeconds, type Tally } from '../tally/tally.ts';
import type { Answered, Counters, ExplainedRequest, Explanation } from './explanation.ts';
import { phasesOf, type Phase } from './phases.ts';
import { promptParts, type PromptPart } from './promptParts.ts';
import { routeNames, tell, tellTrouble, type Told } from './words.ts';

/** A name and what is to be said of it. */
export type Fact = { readonly name: string; readonly value: string; readonly note?: string };

/** Everything that the view and its copy say, in words and numbers. The texts of the parts stay labelled. */
export type WhyReport = {
  /** `src/cart.ts:23`; absent before the first question. */
  readonly place?: string;
  readonly told: Told;
  /** Told of another model, which would have come first. */
  readonly instead?: Omit<Told, 'heading'>;
  /** What the request below is, where it is not of the last question. */
  readonly earlier?: string;
  readonly request?: RequestReport;
  /** Empty while there is nothing to count. */
  readonly counters: readonly Fact[];
  readonly quality: readonly Fact[];
};

export type RequestReport = {
  readonly model: string;
  /** Where it was served, in words; `not sent` where it was not. */
  readonly where: string;
  readonly zone?: Zone;
  readonly evidence: readonly string[];
  readonly facts: readonly Fact[];
  readonly parts: readonly PromptPart[];
  readonly phases: readonly Phase[];
  /** Whether the model evaluates a prompt, so that keeping it is of use. */
  readonly evaluates: boolean;
};

/** Puts an explanation in words, with the counts of the last seven days. */
export function whyReport({ last, before, counters }: Explanation, tally: Tally): WhyReport {
  const explained = last?.request ?? before?.request;
  return {
    told: last ? tell(last.outcome) : nothingYet,
    ...(last && { place: placeWords(last) }),
    ...(last?.instead && { instead: tellTrouble(last.instead) }),
    ...(explained && { request: requestReport(explained) }),
    ...(!last?.request && before && { earlier: earlierWords(before) }),
    counters: counterFacts(counters),
    quality: qualityFacts(tally),
  };
}

const nothingYet: Told = {
  heading: 'Nothing has been asked yet',
  sentence: 'Type in a file, then look here again.',
};

function placeWords({ place }: Answered): string {
  return `${place.file}:${place.line}`;
}

function earlierWords(before: Answered): string {
  return `The last suggestion was for ${placeWords(before)}. ${tell(before.outcome).sentence}`;
}

function requestReport(request: ExplainedRequest): RequestReport {
  const { model, receipt, proof, verdict } = request;
  const zone = verdict?.kind === 'refuse' ? undefined : proof?.zone;
  return {
    model: receipt?.served?.model ?? model.model,
    where: receipt ? servedWhere(receipt) : request.end === 'running' ? 'under way' : 'not sent',
    ...(zone && { zone }),
    evidence: proof?.because ?? [],
    facts: requestFacts(request),
    parts: promptParts(request),
    phases: phasesOf(request),
    evaluates: !isEmbedded(model),
  };
}

function requestFacts(request: ExplainedRequest): readonly Fact[] {
  const { model, lines, receipt, end, verdict } = request;
  const { promptTokens, cachedTokens, promptMs, outputTokens } = receipt?.usage ?? {};
  const left = receipt && receipt.bytesOut > 0 ? formatBytes(receipt.bytesOut) : undefined;
  const facts: readonly (Fact | undefined)[] = [
    { name: 'Model', value: formatModelRef(model) },
    { name: 'Asked for', value: lines === 'single' ? 'one line' : 'several lines' },
    { name: 'Outcome', value: endWords[end], ...(verdict?.kind === 'refuse' && { note: verdict.cause.message }) },
    left === undefined ? undefined : { name: 'Sent to the server', value: left },
    promptTokens === undefined
      ? undefined
      : {
          name: 'Prompt, as the server counts',
          value: tokens(promptTokens),
          note: [
            cachedTokens === undefined ? '' : `${tokens(cachedTokens)} kept`,
            promptMs === undefined ? '' : `read in ${formatDuration(promptMs)}`,
          ]
            .filter((word) => word !== '')
            .join(', '),
        },
    outputTokens === undefined ? undefined : { name: 'Answer, as the server counts', value: tokens(outputTokens) },
  ];
  return facts.filter((fact) => fact !== undefined);
}

const endWords: Readonly<Record<ExplainedRequest['end'], string>> = {
  running: 'under way',
  answered: 'answered',
  cancelled: 'given up because you went on',
  refused: 'refused by the policy',
  failed: 'failed',
};

function counterFacts(counters: Counters): readonly Fact[] {
  const { byRoute, keys, questions, requests, cancelled, refused, failed, warmed } = counters;
  if (keys + questions + warmed === 0) return [];
  const reused = (['typed', 'kept', 'ahead'] as const).filter((route) => byRoute[route] > 0);
  const without = reused.reduce((sum, route) => sum + byRoute[route], 0);
  return [
    { name: 'Keys', value: count(keys), note: `${many(questions, 'question')} of the editor` },
    {
      name: 'Requests',
      value: count(requests),
      note: `${count(cancelled)} given up, ${count(refused)} refused, ${count(failed)} failed`,
    },
    { name: 'Joined', value: count(byRoute.joined), note: 'waited for a request under way' },
    {
      name: 'Reused',
      value: count(without),
      note: reused.map((route) => `${count(byRoute[route])} ${routeNames[route]}`).join(', '),
    },
    { name: 'Read ahead', value: count(warmed), note: 'prompts evaluated while you rested' },
  ];
}

function qualityFacts({ offered, accepted, partly, checked, stood }: Tally): readonly Fact[] {
  if (offered === 0) return [];
  return [
    { name: 'Offered', value: count(offered), note: 'on screen for half a second or taken sooner' },
    { name: 'Accepted', value: count(accepted), note: `and ${many(partly, 'time')} a word or a line` },
    ...roundSeconds.map((seconds, round): Fact => {
      const [of, still] = [checked[round] ?? 0, stood[round] ?? 0];
      return {
        name: `Still there, ${formatDuration(seconds * 1000)}`,
        value: of === 0 ? '–' : `${Math.round((100 * still) / of)} %`,
        note: of === 0 ? 'none that old yet' : `${count(still)} of ${count(of)} looked at`,
      };
    }),
  ];
}

function tokens(value: number): string {
  return many(value, 'token');
}

function many(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
