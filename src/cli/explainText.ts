import type { ExplainedRule, Explanation } from '../core/policy/explain.ts';
import type { LocalFolder } from '../node/workspacePolicies.ts';
import { shownFile } from './workspace.ts';

/** An explanation for people: the reach first, then each zone, each rule, and what would change it. */
export function explanationLines(folder: LocalFolder, explanation: Explanation): readonly string[] {
  const { subject, reach, doubt, zones, rules, names, remedies } = explanation;
  const below = (text: string): string => text.replaceAll(`${folder.uri}/`, '');
  return [
    `${subject}: ${farthest[reach]}`,
    ...zones.map(({ zone, allowed, why }) => `  ${zone.padEnd(9)}  ${allowed ? 'yes' : 'no '}  ${below(why)}`),
    ...(doubt === undefined ? [] : [`  in doubt: ${doubt}`]),
    ...rules.flatMap((rule) => ruleLines(folder, rule)),
    ...(names.every(({ kind }) => kind === 'path')
      ? []
      : ['  known as:', ...names.map(({ kind, path }) => `    ${path} (${kind})`)]),
    ...remedies.flatMap(({ message, file, line, insert }) => [
      `  to change it: ${message}${file === undefined ? '' : ` ${shownFile(folder, file)}${line === undefined ? '' : `:${line}`}`}`,
      ...(insert === undefined ? [] : [`    ${insert}`]),
    ]),
  ];
}

function ruleLines(folder: LocalFolder, { ref, holds, via, exceptions }: ExplainedRule): readonly string[] {
  const place = ref.file === undefined ? ref.layer : `${shownFile(folder, ref.file)}:${ref.line ?? 1}`;
  const reason = ref.reason === undefined ? '' : `, ${ref.reason}`;
  return [
    `  rule ${ref.id} (${ref.pattern}) → ${ref.reach}, ${place}${reason}${holds ? '' : ', excepted'}; matched ${via.path} (${via.kind})`,
    ...exceptions.map(
      ({ id, reason: why, file, line, outcome }) =>
        `    exception ${id} ${outcome}: ${why}, ${shownFile(folder, file)}:${line}`,
    ),
  ];
}

const farthest: Readonly<Record<Explanation['reach'], string>> = {
  none: 'may go to no model at all',
  device: 'may not leave this machine',
  perimeter: "may go to your organisation's servers",
  cloud: 'may go anywhere',
};
