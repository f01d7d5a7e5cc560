import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import type { PolicyFile, PolicyFileKind } from '../../../src/core/policy/policyFile.ts';
import { starterPolicy } from '../../../src/core/policy/starter.ts';

function valid(text: string, kind?: PolicyFileKind): PolicyFile {
  const parsed = parsePolicy(text, kind);
  if (parsed.kind === 'invalid') assert.fail(JSON.stringify(parsed.problems, undefined, 1));
  return parsed.policy;
}

test('the starter is valid and holds what it says', () => {
  const policy = valid(starterPolicy);
  assert.equal(policy.reach?.value, 'cloud');
  assert.deepEqual(
    policy.rules.map(({ id, reach, files }) => [id, reach, files.map(({ source }) => source)]),
    [['internal-documents', 'device', ['/internal/', '*.confidential.*']]],
  );
  assert.equal(policy.cloud.onOutage, 'ask');
});

test('comments, and a whole policy', () => {
  const policy = valid(`// one
  { "$schema": "x", "version": 1, "minVersion": "0.1.0", /* two */ "reach": "perimeter",
    "rules": [{ "id": "pay", "files": ["/src/pay/", "*.ledger"], "reach": "none", "reason": "payments", "owner": "@sec", "declassify": "never" }],
    "exceptions": [
      { "id": "faq", "of": "pay", "files": ["/src/pay/README.md"], "reason": "public", "expires": "2030-02-28" },
      { "id": "docs", "of": "reach", "files": ["/docs/"], "reason": "published", "expires": "never" } ],
    "unlabelled": { "typed": "perimeter" },
    "cloud": { "backends": ["openrouter"], "models": ["openrouter/qwen/*"], "upstreams": [], "monthlyBudgetUsd": 12.5, "onOutage": "auto", "dataCollection": "allow", "retention": "deny" },
    "scan": { "pii": "redact" }, "ledger": { "required": true, "identity": "user" }, "local": { "requireOllamaCloudDisabled": true } }`);
  assert.deepEqual(policy.cloud, {
    backends: ['openrouter'],
    models: ['openrouter/qwen/*'],
    upstreams: [],
    dataCollection: 'allow',
    retention: 'deny',
    monthlyBudgetUsd: 12.5,
    onOutage: 'auto',
  });
  assert.deepEqual([policy.rules[0]?.line, policy.rules[0]?.files[1]?.line, policy.lines.get('scan.pii')], [3, 3, 9]);
  assert.equal(policy.exceptions[1]?.of, 'reach');
});

describe('a file in trouble is refused with its place (█) and what to do', () => {
  const rows: readonly (readonly [title: string, text: string, message: RegExp])[] = [
    ['nothing', '█', /empty/],
    ['only a comment', '█// policy', /empty/],
    ['no object', '█[]', /object/],
    ['null', '█null', /object/],
    ['a byte order mark', '█\uFEFF{ "version": 1 }', /byte order mark/],
    ['no version', '█{ }', /"version": 1/],
    ['a newer version', '{ "version": █2 }', /Update Ringfence/],
    ['a version as text', '{ "version": █"1" }', /number 1/],
    ['an unknown key', '{ "version": 1, █"sensitve": [] }', /"sensitve"/],
    ['a key nearly right', '{ "version": 1, █"rule": [] }', /Did you mean "rules"/],
    ['a key twice', '{ "version": 1,\n "reach": "device",\n █"reach": "cloud" }', /twice/],
    ['a magic key', '{ "version": 1, █"__proto__": {} }', /not a key/],
    ['a magic key spelled with escapes', '{ "version": 1, █"\\u005f_proto__": {} }', /not a key/],
    ['a comma too many', '{ "version": 1, █}', /comma/],
    ['a comma missing', '{ "version": 1 █"reach": "device" }', /comma/],
    ['a bracket missing', '{ "version": 1, "rules": [█', /\]/],
    ['a second value', '{ "version": 1 } █{}', /ends before/],
    ['single quotes', "{ █'version': 1 }", /double quotes/],
    ['text that is never closed', '{ "version": 1, "reach": █"device }', /never closed/],
    ['a reach in capitals', '{ "version": 1, "reach": █"Device" }', /"none", "device", "perimeter" or "cloud"/],
    ['rules that are no list', '{ "version": 1, "rules": █{} }', /list/],
    ['a rule that is no object', '{ "version": 1, "rules": [█"x"] }', /object/],
    ['a rule without id', '{ "version": 1, "rules": [█{ "files": ["x"], "reach": "none" }] }', /id is missing/],
    ['a rule without files', '{ "version": 1, "rules": [█{ "id": "a", "reach": "none" }] }', /files are missing/],
    ['a rule without reach', '{ "version": 1, "rules": [█{ "id": "a", "files": ["x"] }] }', /reach is missing/],
    ['a rule with no file', rule('"id": "a", "files": █[], "reach": "none"'), /empty/],
    ['a file that is no text', rule('"id": "a", "files": [█1], "reach": "none"'), /pattern/],
    ['an id with a space', rule('"id": █"a b", "files": ["x"], "reach": "none"'), /letters/],
    ['an id with a disguised letter', rule('"id": █"\u0430", "files": ["x"], "reach": "none"'), /letters/],
    ['an id with a bar that hides a line end', rule('"id": █"a\\n", "files": ["x"], "reach": "none"'), /control/],
    ['the id of the file’s own reach', rule('"id": █"Reach", "files": ["x"], "reach": "none"'), /another id/],
    ['a reason that is empty', rule('"id": "a", "files": ["x"], "reach": "none", "reason": █" "'), /empty/],
    [
      'a reason that turns',
      rule('"id": "a", "files": ["x"], "reach": "none", "reason": █"a\u202eb"'),
      /reading direction/,
    ],
    ['a pattern, at its character', rule('"id": "a", "files": ["ab█[c"], "reach": "none"'), /never closed/],
    ['a negated pattern', rule('"id": "a", "files": ["x", "█!y"], "reach": "none"'), /exceptions/],
    ['a day that is none', exception('"expires": █"2027-02-30"'), /last day/],
    ['an exception of nothing', exception('"of": █"b", "expires": "never"'), /No rule/],
    ['a budget below zero', '{ "version": 1, "cloud": { "monthlyBudgetUsd": █-1 } }', /zero or more/],
    ['a scan that is unknown', '{ "version": 1, "scan": { "pii": █"no" } }', /"off", "warn", "redact" or "block"/],
    ['a minimum that is no version', '{ "version": 1, "minVersion": █"1" }', /version such as/],
  ];
  for (const [title, marked, message] of rows) {
    test(title, () => {
      const offset = marked.indexOf('█');
      const lines = marked.slice(0, offset).split('\n');
      const parsed = parsePolicy(marked.replace('█', ''));
      if (parsed.kind === 'policy') assert.fail('It was taken for valid.');
      const found = parsed.problems.find((problem) => message.test(problem.message));
      assert.ok(found, JSON.stringify(parsed.problems));
      assert.deepEqual(
        [found.offset, found.line, found.column],
        [offset, lines.length, (lines.at(-1)?.length ?? 0) + 1],
      );
    });
  }

  test('an exception that does not say until when', () => {
    const parsed = parsePolicy(exception('"of": "a"'));
    assert.ok(parsed.kind === 'invalid' && /"expires" is missing/.test(parsed.problems[0]?.message ?? ''));
  });
});

function rule(fields: string): string {
  return `{ "version": 1, "rules": [{ ${fields} }] }`;
}

function exception(fields: string): string {
  return `{ "version": 1, "rules": [{ "id": "a", "files": ["x"], "reach": "none" }],
    "exceptions": [{ "id": "e", "files": ["y"], "reason": "public", ${fields} }] }`;
}

describe('who may say what', () => {
  const builtIn =
    '{ "version": 1, "exceptions": [{ "id": "e", "of": "built-in/keys", "files": ["/test/*.pem"], "reason": "r", "expires": "never" }] }';

  test('the user and the administrator may except built-in rules, a repository may not', () => {
    valid(builtIn, 'user');
    valid(builtIn, 'managed');
    for (const kind of ['workspace', 'nested'] as const) {
      const parsed = parsePolicy(builtIn, kind);
      assert.ok(parsed.kind === 'invalid' && /user's or the administrator's/.test(parsed.problems[0]?.message ?? ''));
    }
  });

  test('a nested file speaks of files only', () => {
    valid('{ "version": 1, "reach": "none", "rules": [] }', 'nested');
    const parsed = parsePolicy('{ "version": 1, "cloud": {} }', 'nested');
    assert.ok(parsed.kind === 'invalid' && /root of the workspace folder/.test(parsed.problems[0]?.message ?? ''));
  });
});
