import { policyKeys } from '../../../src/core/policy/parse.ts';
import { settingKeys } from '../../../src/core/policy/parseSettings.ts';
import { starterPolicy } from '../../../src/core/policy/starter.ts';

/** Policy files that must all be refused: broken by accident, by a bad tool or on purpose. Always the same ones. */
export function hostileFiles(): readonly HostileFile[] {
  return [
    ...truncated(),
    ...wrongTypes(),
    ...badPatterns(),
    ...badKeys(),
    ...oversized(),
    ...strayText(),
    ...garbage(),
  ];
}

export type HostileFile = { readonly title: string; readonly text: string };

function truncated(): readonly HostileFile[] {
  const end = starterPolicy.lastIndexOf('}');
  return range(100).map((index) => {
    const at = Math.floor((end * index) / 100);
    return { title: `cut off after ${at} characters`, text: starterPolicy.slice(0, at) };
  });
}

function wrongTypes(): readonly HostileFile[] {
  const wrong = ['null', '{}', '[]', '""', '"yes"', '-1', '1e400', '[null]', '[[]]', '{"a":1}'];
  const right: Readonly<Record<string, readonly string[]>> = {
    $schema: ['"yes"'],
    rules: ['[]'],
    exceptions: ['[]'],
    unlabelled: ['{}'],
    cloud: ['{}'],
    scan: ['{}'],
    ledger: ['{}'],
    local: ['{}'],
    'cloud.backends': ['[]'],
    'cloud.models': ['[]'],
    'cloud.upstreams': ['[]'],
  };
  const fields = [
    ...policyKeys.root.map((key) => ({ key, wrap: (value: string) => `"${key}": ${value}` })),
    ...Object.entries(settingKeys).flatMap(([section, keys]) =>
      keys.map((key) => ({
        key: `${section}.${key}`,
        wrap: (value: string) => `"${section}": { "${key}": ${value} }`,
      })),
    ),
  ];
  return fields.flatMap(({ key, wrap }) =>
    wrong
      .filter((value) => !right[key]?.includes(value))
      .map((value) => ({
        title: `${key} is ${value}`,
        text: key === 'version' ? `{ ${wrap(value)} }` : `{ "version": 1, ${wrap(value)} }`,
      })),
  );
}

function badPatterns(): readonly HostileFile[] {
  const invisible = [
    '\u0000',
    '\u0007',
    '\u001b',
    '\u0085',
    '\u00ad',
    '\u200b',
    '\u200d',
    '\u200e',
    '\u202e',
    '\u2060',
    '\u2066',
    '\ufeff',
    '\ufe0f',
    '\u{e0041}',
    '\u3164',
  ];
  const alike = [
    '\u0435',
    '\u03bf',
    '\uff45',
    '\u2024',
    '\uff0e',
    '\u2215',
    '\uff0f',
    '\u2217',
    '\uff0a',
    '\u2010',
    '\u2212',
    '\uff3b',
    '\u29f5',
  ];
  const costly = [
    ...range(12).map((index) => '{a,b}'.repeat(9 + index)),
    ...range(6).map((index) => `${'{a,'.repeat(9 + index)}b${'}'.repeat(9 + index)}`),
    ...range(10).map((index) => '*a'.repeat(33 + index * 20) + 'b'),
    ...range(10).map((index) => '**/'.repeat(9 + index * 10) + 'x'),
    '*(*(*(a|b)))',
    '+(a+)+',
    '@(a|@(b|c))',
    '!(x)',
    '?(a)?(a)?(a)',
    '{1..1000000}',
    '{a..z}',
    '[[:alpha:]]*',
    ...range(5).map((index) => 'a'.repeat(1025 + index * 10_000)),
  ];
  const pointless = [
    '',
    ' ',
    '/',
    '//',
    './x',
    '../x',
    'a/../b',
    'a//b',
    'a**b',
    '{a',
    'a}',
    '[a',
    '!a',
    'a\\b',
    '\\\\server\\share',
    'C:\\x',
    '[!a]',
    '[z-a]',
    '[]',
    ' x',
    'x ',
  ];
  return [
    ...invisible.map((character) => `.e${character}nv`),
    ...alike.map((character) => `.e${character}nv`),
    ...costly,
    ...pointless,
  ].map((pattern) => ({
    title: `pattern ${JSON.stringify(pattern.slice(0, 24))}`,
    text: `{ "version": 1,\n  "rules": [{ "id": "a", "reach": "device", "files": ["ok", ${JSON.stringify(pattern)}] }] }`,
  }));
}

function badKeys(): readonly HostileFile[] {
  const magic = ['__proto__', 'constructor', 'prototype', '\\u005f_proto__'];
  const places = [
    (key: string) => `"${key}": 1`,
    (key: string) => `"cloud": { "${key}": {} }`,
    (key: string) => `"rules": [{ "${key}": [] }]`,
  ];
  const unknown = [
    'sensitve',
    'rule',
    'Rules',
    'exception',
    'x-note',
    'extends',
    'include',
    'default',
    'r\u0435ach',
    'reach\u200b',
    'rules ',
    '',
  ];
  const twice = policyKeys.root.map((key) => `"${key}": 1, "${key}": 1`);
  return [
    ...[...magic, ...unknown].flatMap((key) => places.map((place) => place(key))),
    ...twice,
    '"reach": "device", "\\u0072each": "cloud"',
  ].map((fields) => ({ title: `keys ${fields}`, text: `{ "version": 1, ${fields} }` }));
}

function oversized(): readonly HostileFile[] {
  const rule = (index: number, files: string): string =>
    `{ "id": "r${index}", "reach": "device", "files": [${files}] }`;
  return [
    { title: 'a comment of 300 KB', text: `/*${'x'.repeat(300_000)}*/ { "version": 1 }` },
    { title: 'a text of 262,144 characters', text: `{ "version": 1, "$schema": "${'x'.repeat(262_144)}" }` },
    { title: '100,000 characters of three bytes', text: `{ "version": 1, "$schema": "${'€'.repeat(100_000)}" }` },
    {
      title: '2,001 rules',
      text: `{ "version": 1, "rules": [${range(2001)
        .map((index) => rule(index, '"x"'))
        .join()}] }`,
    },
    {
      title: '1,001 patterns in a rule',
      text: `{ "version": 1, "rules": [${rule(
        1,
        range(1001)
          .map((index) => `"a${index}"`)
          .join(),
      )}] }`,
    },
    {
      title: 'patterns for 13 million files',
      text: `{ "version": 1, "rules": [${range(100)
        .map((index) =>
          rule(
            index,
            range(60)
              .map(() => '"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"')
              .join(),
          ),
        )
        .join()}] }`,
    },
    {
      title: '101 patterns that a table cannot find',
      text: `{ "version": 1, "rules": [${rule(
        1,
        range(101)
          .map((index) => `"*${index}*"`)
          .join(),
      )}] }`,
    },
    ...range(20).map((index) => ({
      title: `${17 + index * 5000} lists in each other`,
      text: `{ "version": 1, "rules": ${'['.repeat(17 + index * 5000)}`,
    })),
    ...range(10).map((index) => ({
      title: `${17 + index * 2000} objects in each other`,
      text: `${'{"a":'.repeat(17 + index * 2000)}1${'}'.repeat(17 + index * 2000)}`,
    })),
  ];
}

function strayText(): readonly HostileFile[] {
  const stray = [
    '\uFEFF',
    '\u0000',
    '}',
    ']',
    ',',
    '{}',
    'null',
    '"x"',
    "'x'",
    '# x',
    '<!-- -->',
    '/*',
    '--- ',
    '\u2028',
    'NaN',
    'undefined',
    '+1',
    '0x1',
    '.5',
    '1.',
  ];
  return stray.flatMap((text) => [
    { title: `${JSON.stringify(text)} before`, text: `${text} { "version": 1 }` },
    { title: `${JSON.stringify(text)} after`, text: `{ "version": 1 } ${text === '\uFEFF' ? '\uFEFF{' : text}` },
    { title: `${JSON.stringify(text)} as version`, text: `{ "version": ${text} }` },
  ]);
}

/** Starter files with a stretch overwritten by noise. What the noise hits is never only a comment. */
function garbage(): readonly HostileFile[] {
  const random = createRandom(20_261_120);
  const at = starterPolicy.indexOf('"version"');
  return range(60).map((index) => {
    const noise = String.fromCodePoint(...range(8 + (index % 40)).map(() => 1 + Math.floor(random() * 0xd7fe)));
    return {
      title: `noise ${index}`,
      text: starterPolicy.slice(0, at + (index % 9)) + noise + starterPolicy.slice(at + 12),
    };
  });
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Numbers from 0 to 1 that repeat from run to run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
