// Content scan: speed on clean source, false finds over ordinary source, time on hostile input.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { labelled, unlabelled } from '../../src/core/label/labelled.ts';
import type { Finding } from '../../src/core/scan/finding.ts';
import { scanText } from '../../src/core/scan/scanText.ts';
import { createValueIndex } from '../../src/core/scan/valueIndex.ts';
import { createScan } from '../../src/egress/scan/scan.ts';
import { createValueHash } from '../../src/node/valueHash.ts';
import { hostileTexts } from '../core/scan/hostileTexts.ts';

const roots = [
  'src',
  ...[
    'openai',
    'typescript',
    'undici',
    'fast-check',
    'ajv',
    'lodash',
    'js-yaml',
    'prettier',
    'playwright-core',
    '@azure',
    '@types',
    'highlight.js',
  ].map((name) => `node_modules/${name}`),
];
const files = roots.flatMap((root) => sources(root)).slice(0, 6000);
const texts = files
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
  .filter(({ text }) => text.length < 400_000);
const values = createValueIndex(createValueHash());
values.put(
  '.env',
  '.env',
  labelled(Array.from({ length: 500 }, (_, n) => `SECRET_${n}=CANARY${n * 7919}x${n * 104729}`).join('\n'), unlabelled),
);
const all = { secrets: true, personal: true, values };

const typescript = texts.filter(({ file }) => /\.[mc]?tsx?$/.test(file));
const body = new TextEncoder().encode(
  JSON.stringify({
    model: 'm',
    messages: [
      {
        role: 'user',
        content: typescript
          .map(({ text }) => text)
          .join('\n')
          .slice(0, 8e6),
      },
    ],
  }),
);
for (const [name, policy] of [
  ['secrets and values', { secrets: 'block', values: 'block', pii: 'off' }],
  ['and personal data', { secrets: 'warn', values: 'warn', pii: 'warn' }],
] as const) {
  const scan = createScan({ settings: () => policy, values });
  const ms = best(() => void scan(body, 'cloud'));
  print(
    `body of clean TypeScript, ${name}: ${(body.length / 1e3 / ms).toFixed(1)} MB/s (${(body.length / 1e6).toFixed(1)} MB, 500 values)`,
  );
}
const small = new TextEncoder().encode(JSON.stringify({ prompt: typescript[0]?.text.slice(0, 8000) ?? '' }));
const scanSmall = createScan({ settings: () => ({ secrets: 'block', values: 'block', pii: 'off' }), values });
print(`body of a completion, 8 KB: ${best(() => void scanSmall(small, 'cloud')).toFixed(2)} ms`);

const found = texts.flatMap(({ file, text }) => scanText(text, all).map((finding) => ({ file, finding, text })));
const megabytes = texts.reduce((sum, { text }) => sum + text.length, 0) / 1e6;
print(`ordinary source: ${texts.length} files, ${megabytes.toFixed(1)} MB`);
report('secrets and values, high', ({ kind, confidence }) => kind !== 'personal' && confidence === 'high');
report('secrets, low', ({ kind, confidence }) => kind === 'secret' && confidence === 'low');
report('personal data', ({ kind }) => kind === 'personal');

let worst = { name: '', ms: 0 };
for (const [name, text] of hostileTexts(1_000_000)) {
  const ms = best(() => void scanText(text, all), 1);
  if (ms > worst.ms) worst = { name, ms };
}
print(`hostile texts of 1 MB: worst ${worst.ms.toFixed(0)} ms (${worst.name})`);

function report(title: string, of: (finding: Finding) => boolean): void {
  const matching = found.filter(({ finding }) => of(finding));
  const inFiles = new Set(matching.map(({ file }) => file)).size;
  print(`  ${title}: ${matching.length} finds in ${inFiles} files (${((inFiles / texts.length) * 100).toFixed(2)} %)`);
  if (!process.argv.includes('--show')) return;
  for (const { file, finding, text } of matching.slice(0, 60)) {
    print(
      `    ${finding.rule} ${finding.encoding ?? ''} ${file}: ${JSON.stringify(text.slice(finding.start - 20, finding.end).slice(0, 120))}`,
    );
  }
}

function best(work: () => void, rounds = 3): number {
  return Math.min(
    ...Array.from({ length: rounds }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );
}

function sources(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:[mc]?tsx?|[mc]?js|json|md|css|ya?ml)$/.test(file) && !/\.min\./.test(file))
      .map((file) => path.join(folder, file));
  } catch {
    return [];
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
