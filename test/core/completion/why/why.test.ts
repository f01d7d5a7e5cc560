import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Nothing, Unwanted } from '../../../../src/core/completion/why/explanation.ts';
import { whyMarkdown } from '../../../../src/core/completion/why/markdown.ts';
import { whyPage } from '../../../../src/core/completion/why/page.ts';
import { phasesOf } from '../../../../src/core/completion/why/phases.ts';
import { promptParts } from '../../../../src/core/completion/why/promptParts.ts';
import { whyReport } from '../../../../src/core/completion/why/report.ts';
import { tell } from '../../../../src/core/completion/why/words.ts';
import { noTally } from '../../../../src/core/completion/tally/tally.ts';
import { counters, explained, near, part, request } from './explained.ts';

const page = (explanation = explained(), withText = false): string =>
  whyPage({ explanation, tally: noTally, withText, nonce: 'abc' });

describe('the parts of a prompt', () => {
  it('stand in the order in which the model reads them', () => {
    const order = (way: 'prefix-first' | 'suffix-first') =>
      promptParts(request({ order: way })).map(({ role }) => role);
    assert.deepEqual(order('prefix-first'), ['context', 'prefix', 'suffix']);
    assert.deepEqual(order('suffix-first'), ['suffix', 'context', 'prefix']);
  });
  it('are kept from their start as far as the prompt is the same as before', () => {
    const [context, prefix, suffix] = promptParts(request({ sharedChars: 200 }));
    assert.equal(context?.keptChars, 150);
    assert.equal(prefix?.keptChars, 50);
    assert.equal(suffix?.keptChars, 0);
  });
  it('count the line ends between pieces as read', () => {
    const two = [part('context', 'a.ts', 'aaaa'), part('context', 'b.ts', 'bbbb'), part('prefix', 'c.ts', 'c')];
    const kept = promptParts(request({ prompt: { ...request().prompt, parts: two }, sharedChars: 6 }));
    assert.deepEqual(
      kept.map(({ keptChars }) => keptChars),
      [4, 1, 0],
    );
  });
  it('are counted in tokens by the ratio of the model', () => {
    assert.equal(promptParts(request({ charsPerToken: 3 }))[0]?.tokens, 50);
  });
  it('say which of them was held back, and by which rule', () => {
    const { verdict } = request();
    assert.ok(verdict?.kind === 'allow');
    const dropped = verdict.parts.map((each, at) =>
      at === 0 ? ({ ...each, decision: 'drop', why: 'It stays on this machine.' } as const) : each,
    );
    const [held, sent] = promptParts(request({ verdict: { ...verdict, parts: dropped } }));
    assert.deepEqual([held?.fate, held?.keptChars, held?.why], ['held back', 0, 'It stays on this machine.']);
    assert.equal(held?.rules[0]?.id, 'payments');
    assert.equal(sent?.fate, 'sent');
  });
  it('are not sent where the request was refused, and still have their labels before it was decided', () => {
    const { verdict: _verdict, receipt: _receipt, ...undecided } = request();
    const [first] = promptParts(undecided);
    assert.deepEqual([first?.fate, first?.reach, first?.rules.length], ['not sent', 'device', 1]);
  });
});

describe('the steps of a request', () => {
  it('add up to the whole time', () => {
    const phases = phasesOf(request());
    assert.deepEqual(
      phases.map(({ key, ms }) => [key, ms]),
      [
        ['wait', 40],
        ['prove', 5],
        ['read', 80],
        ['speak', 58],
        ['filter', 2],
      ],
    );
  });
  it('leave out what it never came to', () => {
    const { proof: _proof, ...refused } = request({ times: { wait: 3, prove: 9, filter: 0, loaded: false } });
    assert.deepEqual(
      phasesOf(refused).map(({ key }) => key),
      ['wait', 'prove'],
    );
  });
});

describe('the page', () => {
  it('runs no script, loads nothing, and links to its own commands alone', () => {
    const html = page();
    assert.match(html, /default-src 'none'; style-src 'nonce-abc'; form-action 'none'; base-uri 'none'/);
    assert.ok(!/<script|<img|<link|<iframe|\son\w+=|\sstyle=|url\((?!#)|https?:\/\/(?!127)/i.test(html), html);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.split('?')[0]);
    assert.deepEqual(
      [...new Set(links)],
      ['command:ringfence.whyThisSuggestion', 'command:ringfence.whyThisSuggestion.copy'],
    );
  });
  it('holds no text of the prompt unless it is laid open, and then as text', () => {
    assert.ok(!page().includes('CANARY'));
    const open = page(explained(), true);
    for (const word of ['CANARY_CONTEXT', 'CANARY_PREFIX', 'CANARY_SUFFIX &#60;script&#62;'])
      assert.ok(open.includes(word), word);
    assert.ok(!open.includes('<script'));
  });
  it('marks what the model reads anew', () => {
    const open = page(explained(), true);
    assert.equal(open.split('<ins>').length - 1, 2);
    assert.match(open, /<ins>CANARY_SUFFIX/);
  });
  it('escapes names', () => assert.ok(page().includes('src/payments/&#60;b&#62;charge&#60;/b&#62;.ts')));
  it('names each part, its reach and the rule that says so', () => {
    assert.match(page(), /stays on this machine.*Rule payments, \/src\/payments\/ \(\.ringfence\.jsonc:7\)/);
  });
  it('says in words what its pictures show', () => {
    const html = page();
    assert.match(
      html,
      /role="img" aria-label="The prompt: [^"]*38 tokens, 38 kept; src\/cart\.ts:1-23 70 tokens, 13 kept/,
    );
    assert.match(
      html,
      /role="img" aria-label="Time: Wait 40 ms, Connect 5 ms, First token 80 ms, Rest 58 ms, Filters 2 ms"/,
    );
    assert.match(html, /About 114 tokens: 51 kept from before \(44 %\), 63 to be read anew\./);
  });
  it('has one heading of the first rank, a table with heads, and nothing that only a colour tells', () => {
    const html = page();
    assert.equal(html.split('<h1').length - 1, 1);
    assert.ok(/<th [^>]*scope="col"/.test(html) && /<th [^>]*scope="row"/.test(html));
    assert.ok(html.includes('hatched: kept from before'));
  });
  it('says that all was kept only where all was', () => {
    const { totalChars } = request();
    const share = (sharedChars: number) =>
      /\((\d+) %\)/.exec(page(explained({ request: request({ sharedChars }) })))?.[1];
    assert.deepEqual([share(totalChars - 8), share(totalChars)], ['98', '100']);
  });
  it('counts what was reused by its ways, those that nothing came by left out', () => {
    const byRoute = { fresh: 1, joined: 0, typed: 12, kept: 4, ahead: 0, meanwhile: 0 };
    const html = page(explained({}, { counters: { ...counters, byRoute, questions: 1 } }));
    assert.match(
      html,
      /<dt>Reused<\/dt><dd><b>16<\/b><small>12 typed or taken as suggested, 4 said before for the place<\/small>/,
    );
    assert.ok(html.includes('1 question of the editor'));
  });
  it('takes every colour from the theme', () => {
    const style = /<style[^>]*>([^]*)<\/style>/.exec(page())?.[1] ?? '';
    assert.ok(style.length > 500);
    assert.ok(!/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i.test(style.replaceAll('url(#kept)', '')));
  });
  it('of the engine here speaks of no tokens', () => {
    const html = page(explained({ request: request({ model: { backend: 'embedded', model: 'embedded' } }) }));
    assert.ok(!html.includes('The prompt: ') && html.includes('Nothing has to be evaluated.'));
  });
  it('is not empty before anything was asked', () => {
    const html = page({ counters: { ...counters, keys: 0, questions: 0, warmed: 0 } });
    assert.ok(html.includes('Nothing has been asked yet') && !html.includes('Show the text'));
    assert.ok(html.includes('Nothing was typed or asked for yet.') && html.includes('Nothing was offered yet.'));
  });
  it('tells of the last suggestion where the last question brought none', () => {
    const { last } = explained();
    assert.ok(last);
    const html = page({
      last: { place: { file: 'b.md', line: 1 }, outcome: { kind: 'nothing', because: { kind: 'typed on' } } },
      before: last,
      counters,
    });
    assert.match(html, /You typed on.*The last suggestion was for src\/cart\.ts:23\./s);
    assert.ok(html.includes('src/cart.ts:1-23'));
  });
});

describe('the copy', () => {
  it('holds names, sizes and times, and no text of any part', () => {
    const copy = whyMarkdown(explained(), { ...noTally, offered: 4, checked: [4, 2, 0], stood: [3, 1, 0] });
    assert.ok(!copy.includes('CANARY'));
    assert.match(copy, /^# Why this suggestion\? `src\/cart\.ts:23`/);
    assert.match(copy, /\| 2 \| `src\/cart\.ts:1-23` \| sent \| may go to the cloud \|  \| 280 \| 70 \| 13 \|/);
    assert.match(copy, /- First token: 80 ms/);
    assert.match(copy, /- Still there, 30 s: 75 % \(3 of 4 looked at\)/);
  });
  it('cannot be broken by a name', () => {
    const odd = part('prefix', 'a`|b\n# c', 'x', near);
    const copy = whyMarkdown(
      explained({ request: request({ prompt: { ...request().prompt, parts: [odd] } }) }),
      noTally,
    );
    assert.ok(copy.includes("`a'\\|b # c`"));
  });
});

describe('the words', () => {
  const refusal = { reason: 'required-part', message: 'This file stays here.' } as const;
  const error = { reason: 'not-running', message: 'Ollama is not running.', action: 'Start Ollama.' } as const;
  const model = { backend: 'ollama', model: 'm' };
  const unwanted: readonly Unwanted[] = [
    { kind: 'off', scope: 'workspace' },
    { kind: 'editor off' },
    { kind: 'snoozed', until: 0 },
    { kind: 'language', language: 'markdown', scope: 'user' },
    { kind: 'excluded', pattern: '*.gen.ts', scope: 'user' },
    { kind: 'aside' },
    { kind: 'read-only' },
    { kind: 'not read yet' },
  ];
  const reasons: readonly Nothing[] = [
    { kind: 'closed', reason: 'mid-word' },
    { kind: 'closed', reason: 'list' },
    { kind: 'closed', reason: 'snippet' },
    { kind: 'closed', reason: 'minified' },
    { kind: 'by hand' },
    { kind: 'no model' },
    { kind: 'refused', model, refusal, still: true },
    { kind: 'failed', model, error, still: false },
    { kind: 'unfit', model, why: 'It only chats.', still: false },
    { kind: 'filtered' },
    { kind: 'silent' },
    { kind: 'spent' },
    { kind: 'typed on' },
    { kind: 'waiting' },
    ...unwanted.map((reason): Nothing => ({ kind: 'unwanted', reason })),
  ];
  it('are different for each reason, one sentence that ends', () => {
    const told = reasons.map((because) => tell({ kind: 'nothing', because }));
    assert.equal(new Set(told.map(({ sentence }) => sentence)).size, reasons.length);
    for (const { sentence, action } of told) assert.match(`${sentence} ${action ?? ''}`.trim(), /^[A-Za-z].*\.$/);
  });
  it('name who decides', () => {
    const because: Nothing = { kind: 'unwanted', reason: { kind: 'off', scope: 'workspace' } };
    assert.match(tell({ kind: 'nothing', because }).sentence, /this workspace's settings/);
  });
  it('name the setting where suggestions keep out of the way of the list', () => {
    const { action } = tell({ kind: 'nothing', because: { kind: 'closed', reason: 'list' } });
    assert.match(action ?? '', /ringfence\.completion\.whileListOpen/);
  });
  it('say that a model is left alone for a while', () => {
    const because: Nothing = { kind: 'refused', model, refusal, still: true };
    assert.match(
      tell({ kind: 'nothing', because }).sentence,
      /ollama\/m was sent nothing: This file stays here\. .*left alone/,
    );
  });
  it('say what was given up, refused and failed', () => {
    const { verdict } = request();
    const refused = request({
      end: 'refused',
      verdict: { kind: 'refuse', zone: 'cloud', parts: verdict?.parts ?? [], cause: refusal },
    });
    const { request: told } = whyReport(explained({ request: refused }), noTally);
    assert.ok(told?.facts.some(({ value, note }) => value === 'refused by the policy' && note === refusal.message));
    assert.equal(told?.zone, undefined);
  });
});
