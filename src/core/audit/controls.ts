import { formatBytes } from '../protocol/amounts.ts';
import type { PrivacyReport } from './report.ts';

/** One demand of a framework, and what of the report speaks to it. The mapping helps an auditor; it is no certification. */
export type Control = {
  readonly framework: string;
  readonly id: string;
  readonly asks: string;
  readonly evidence: string;
};

/** The controls that the ledger gives evidence for, with this report's figures. */
export function controlsFor({ total, byFate, byRule, findings, policies, gaps }: PrivacyReport): readonly Control[] {
  const { perimeter, cloud } = byFate;
  const beyond = perimeter.requests + cloud.requests;
  const found = findings.reduce((sum, { count }) => sum + count, 0);
  return [
    {
      framework: 'SOC 2',
      id: 'CC6.1',
      asks: 'Logical access to information assets is restricted.',
      evidence: `${plural(total.requests, 'request')} decided, ${number(total.refused)} refused, ${plural(total.partsDropped, 'part')} held back, under ${plural(policies.length, 'policy state')}.`,
    },
    {
      framework: 'SOC 2',
      id: 'CC6.7',
      asks: 'Transmission of information is restricted to authorised users and processes.',
      evidence: `Zone, destination and its evidence recorded for each request; ${number(beyond)} went beyond the device, ${number(cloud.requests)} of them to the cloud (${formatBytes(cloud.bytesOut)}).`,
    },
    {
      framework: 'ISO/IEC 27001:2022',
      id: 'A.5.12',
      asks: 'Information is classified.',
      evidence: `Reach by rule: ${plural(byRule.length, 'rule')} applied to what was asked for.`,
    },
    {
      framework: 'ISO/IEC 27001:2022',
      id: 'A.5.13',
      asks: 'Information is labelled by its classification.',
      evidence: 'Each part of a request is recorded with its reach and the rules it comes from.',
    },
    {
      framework: 'ISO/IEC 27001:2022',
      id: 'A.5.14',
      asks: 'Rules govern the transfer of information.',
      evidence: `${plural(total.partsKept - total.partsDeclassified, 'part')} sent within reach, ${number(total.partsDropped)} held back, ${number(total.partsDeclassified)} sent beyond it because a person agreed.`,
    },
    {
      framework: 'ISO/IEC 27001:2022',
      id: 'A.8.12',
      asks: 'Data leakage is prevented.',
      evidence: `Content scan: ${plural(found, 'find')}; ${plural(total.refused, 'request')} refused.`,
    },
    {
      framework: 'ISO/IEC 27001:2022',
      id: 'A.8.15',
      asks: 'Logs are kept and protected.',
      evidence: `Hash-chained records with sequence numbers and wall clock; ${plural(gaps, 'recorded gap')}.`,
    },
    {
      framework: 'NIST AI RMF 1.0',
      id: 'MAP 4, MEASURE 2.10, MANAGE 3',
      asks: 'Third-party models are known, privacy risk is measured, third-party risk is managed.',
      evidence: 'Inventory of backends, models and upstreams with requests, bytes and cost; see the tables.',
    },
  ];
}

function plural(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
