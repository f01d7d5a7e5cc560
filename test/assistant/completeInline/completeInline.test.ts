import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { labelOf } from '../../../src/core/label/labelled.ts';
import { createWorld, type Behaviour } from './world.ts';

const body = 'let gone = 0;\n  while (gone < 9) gone++;\n  return gone;';
const head = 'function f() {\n  ';
/** A model that knows how the function goes on, whatever of it stands there. */
const knows = (prefix: string): string => {
  const typed = prefix.slice(prefix.lastIndexOf(head) + head.length);
  return body.startsWith(typed) ? body.slice(typed.length) : 'undefined;';
};
const inBody = (typed: string): string => `${head}${typed}█\n}\n`;

describe('what is known already', () => {
  it('is offered again without a request while someone types it', async () => {
    const world = createWorld({ local: { answer: knows } });
    assert.equal((await world.suggest(inBody('l')))?.text.split('\n')[0], 'et gone = 0;');
    await world.clock.advanceTo(2_000);
    for (const typed of ['le', 'let', 'let ', 'let gone = 0;', 'let gone = 0;\n  ', 'let gone = 0;\n  whi'])
      assert.ok(await world.suggest(inBody(typed), 1), typed);
    assert.equal(world.sent.length, 1);
  });
  it('comes back after a backspace', async () => {
    const world = createWorld({ local: { answer: knows } });
    const first = await world.suggest(inBody('l'));
    await world.clock.advanceTo(2_000);
    await world.suggest(inBody('lx'), 1);
    assert.deepEqual((await world.suggest(inBody('l'), 1))?.text.startsWith(first?.text ?? '?'), true);
  });
  it('survives a bracket that the editor closes by itself', async () => {
    const world = createWorld({ local: { answer: () => 'call(a, b);' } });
    await world.suggest('x();\n█\n');
    await world.clock.advanceTo(2_000);
    assert.deepEqual(await pick(world.suggest('x();\ncall(█)\n', 1)), { text: 'a, b);', covers: 1 });
    assert.equal(world.sent.length, 1);
  });
  it('survives an edit in another place of the file', async () => {
    const world = createWorld({ local: { answer: knows } });
    const above = '// one\n// two\n// three\n'.repeat(20);
    await world.suggest(`${above}${inBody('l')}`);
    await world.clock.advanceTo(2_000);
    assert.ok(await world.suggest(`// new\n${above}${inBody('le')}`, 1));
    assert.equal(world.sent.length, 1);
  });
  it('is not offered in another file, nor under another label', async () => {
    const world = createWorld({ local: { answer: knows } });
    await world.suggest(inBody('l'));
    await world.clock.advanceTo(2_000);
    await world.suggest(inBody('l'), 1, { around: { uri: 'file:///work/other.ts' } });
    const near = labelOf([{ provenance: { kind: 'typed' }, reach: 'device', rules: [] }]);
    assert.equal(await world.suggest(inBody('le'), 1, { around: { label: near } }), undefined);
  });
  it('is not offered again where it was waved away, until the line differs', async () => {
    const world = createWorld({ local: { answer: knows } });
    await world.suggest(inBody('l'));
    world.completion.dismissed();
    await world.clock.advanceTo(2_000);
    assert.equal(await world.suggest(inBody('le'), 1), undefined);
    assert.ok(await world.suggest(inBody('let gone = 0;\n  w'), 1));
  });
  it('is forgotten when the policy changes', async () => {
    const world = createWorld({ local: { answer: knows } });
    await world.suggest(inBody('l'));
    await world.clock.advanceTo(2_000);
    world.completion.reset();
    assert.equal(await world.suggest(inBody('le'), 1), undefined);
  });
});

describe('what is under way', () => {
  it('is joined by typing that agrees, before and after the first word', async () => {
    const world = createWorld({ local: { answer: knows, ttft: 300 } });
    for (const typed of ['l', 'le', 'let', 'let ', 'let g']) {
      world.completion.typed(world.ask(inBody(typed)));
      await world.clock.advanceTo(world.clock.now() + 60);
    }
    assert.equal((await world.suggest(inBody('let go')))?.text.split('\n')[0], 'ne = 0;');
    assert.equal(world.sent.length, 1);
  });
  it('is given up once the typing says otherwise', async () => {
    const world = createWorld({ local: { answer: () => 'sum = 0;', ttft: 100 } });
    world.completion.typed(world.ask(inBody('let ')));
    await world.clock.advanceTo(60);
    world.completion.typed(world.ask(inBody('let t')));
    await world.clock.advanceTo(500);
    assert.equal(world.sent[0]?.aborted, true);
    assert.equal(world.sent.length, 2);
  });
  it('is let end where it is about to: a server of one’s own would have its place free no sooner', async () => {
    for (const [zone, aborted] of [
      ['device', false],
      ['cloud', true],
    ] as const) {
      const world = createWorld({ local: { answer: () => 'sum = 0;', ttft: 400, zone } });
      await strayAfter(world, 300);
      await world.clock.advanceTo(4_000);
      assert.deepEqual([world.sent[1]?.aborted, world.sent.length], [aborted, 3], zone);
      assert.equal(world.mostOutstanding(), 1, zone);
    }
  });
  it('is given up where it has only begun, and once it takes longer than it used to', async () => {
    const early = createWorld({ local: { answer: () => 'very '.repeat(200) } });
    await strayAfter(early, 300);
    assert.equal(early.sent[1]?.aborted, true);
    const long = createWorld({
      local: { answer: (prefix) => (prefix.endsWith('const ') ? 'very '.repeat(400) : 'sum = 0;'), ttft: 400 },
    });
    await strayAfter(long, 300);
    assert.equal(long.sent[1]?.ended, undefined);
    await long.clock.advanceTo(3_000);
    assert.equal(long.sent[1]?.aborted, true);
  });
  it('is never given up while a model is being loaded', async () => {
    const world = createWorld({ local: { answer: knows, loads: 5_000 } });
    world.completion.typed(world.ask(inBody('l')));
    await world.clock.advanceTo(1_000);
    for (const typed of ['x', 'xy', 'xyz']) {
      world.completion.typed(world.ask(inBody(typed)));
      await world.clock.advanceTo(world.clock.now() + 500);
    }
    assert.deepEqual(
      world.sent.map(({ aborted }) => aborted),
      [false],
    );
    await world.clock.advanceTo(8_000);
    assert.deepEqual(
      world.sent.map(({ prefix }) => prefix.slice(head.length)),
      ['l', 'xyz'],
    );
    assert.ok(world.events.some(({ kind }) => kind === 'loading'));
  });
  it('is still waited for when other context was chosen meanwhile', async () => {
    const world = createWorld({ local: { answer: knows, loads: 5_000 } }, { warm: true });
    const answer = world.suggest(inBody('l'), 8_000);
    await world.clock.advanceTo(2_000);
    world.completion.ready(world.ask(inBody('l')));
    assert.equal((await answer)?.text.split('\n')[0], 'et gone = 0;');
  });
  it('is shown line by line on a slow machine: a whole first line at three tokens a second', async () => {
    const world = createWorld({ local: { answer: knows, ttft: 2_000, tok: 333 } });
    const offer = await world.suggest(inBody(''), 10_000);
    assert.equal(offer?.text, 'let gone = 0;');
    assert.equal(offer?.growing, true);
    assert.ok(offer);
    const grown = world.completion.grown(offer);
    await world.clock.advanceTo(30_000);
    assert.equal(await grown, true);
  });
  it('is added to what is shown as it comes, however long that takes', async () => {
    const world = createWorld({ local: { answer: knows, ttft: 2_000, tok: 333 } });
    const shown: string[] = [];
    for (let more = true; more;) {
      const offer = await world.suggest(inBody(''), shown.length === 0 ? 10_000 : 1);
      assert.ok(offer);
      shown.push(offer.text);
      const grown = world.completion.grown(offer);
      await world.clock.advanceTo(world.clock.now() + 4_000);
      more = await grown;
    }
    assert.ok(shown.length > 2, `${shown.length} times`);
    assert.equal(shown.at(-1), body);
    for (const [index, text] of shown.entries()) assert.ok(text.startsWith(shown[index - 1] ?? ''), text);
  });
  it('is not added to what was waved away', async () => {
    const world = createWorld({ local: { answer: knows, ttft: 2_000, tok: 333 } });
    const offer = await world.suggest(inBody(''), 10_000);
    assert.ok(offer?.growing);
    world.completion.dismissed();
    const grown = world.completion.grown(offer);
    await world.clock.advanceTo(60_000);
    assert.equal(await grown, false);
  });
  it('keeps a line that ended in a control word of another server', async () => {
    const world = createWorld({ local: { answer: () => 'done(first, second);<|endoftext|>more();' } });
    assert.equal((await world.suggest('x();\n█\n'))?.text, 'done(first, second);');
    await world.clock.advanceTo(3_000);
    assert.equal((await world.suggest('x();\n█\n', 1))?.text, 'done(first, second);');
    assert.equal((await world.suggest('x();\nd█\n', 1))?.text, 'one(first, second);');
  });
  it('is stopped once the block has ended', async () => {
    const world = createWorld({ local: { answer: () => `${body}\n}\n\n${'more();\n'.repeat(40)}` } });
    await world.suggest(inBody(''));
    await world.clock.advanceTo(5_000);
    assert.equal(world.sent[0]?.aborted, true);
    assert.equal((await world.suggest(inBody('l'), 1))?.text, body.slice(1));
  });
});

describe('the number of requests', () => {
  it('never has more than two outstanding in a burst of a thousand keys', async () => {
    const world = createWorld({ local: { answer: () => 'nothing like it;', ttft: 150 } });
    let typed = '';
    for (let key = 0; key < 1_000; key++) {
      typed = key % 40 === 39 ? '' : typed + String.fromCharCode(97 + (key % 26));
      world.completion.typed(world.ask(inBody(typed)));
      await world.clock.advanceTo(world.clock.now() + 30);
    }
    assert.ok(world.mostOutstanding() <= 2, `${world.mostOutstanding()} outstanding`);
    assert.ok(world.sent.length < 250, `${world.sent.length} requests for 1,000 keys`);
  });
  it('waits for the typing to rest once a burst has used up its requests', async () => {
    const world = createWorld({ local: { answer: () => 'wrong;' } });
    for (const typed of ['a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg', 'abcdefgh']) {
      world.completion.typed(world.ask(`x();\nlet ${typed}█\n`));
      await world.clock.advanceTo(world.clock.now() + 100);
    }
    assert.ok(world.sent.length <= 4, `${world.sent.length} requests`);
    await world.clock.advanceTo(world.clock.now() + 1_000);
    assert.equal(world.sent.at(-1)?.prefix.endsWith('abcdefgh'), true);
  });
  it('is none after the end of a statement that the model has ended', async () => {
    const world = createWorld({ local: { answer: () => 'done();' } });
    await world.suggest('x();\n█\n');
    await world.clock.advanceTo(2_000);
    assert.equal(await world.suggest('x();\ndone();█\n', 1_000), undefined);
    assert.equal(world.sent.length, 1);
  });
  it('is one for an empty line that the cursor comes to rest on, before a key', async () => {
    const world = createWorld({ local: { answer: knows } });
    world.completion.moved(world.ask(inBody('')));
    await world.clock.advanceTo(1_000);
    assert.ok(await world.suggest(inBody('l'), 1));
    assert.equal(world.sent.length, 1);
  });
});

describe('where nothing is asked', () => {
  const nowhere: readonly (readonly [why: string, text: string, facts: object])[] = [
    ['with a selection', inBody('l'), { hasSelection: true }],
    ['with several cursors', inBody('l'), { cursors: 2 }],
    ['in a comparison or an output', inBody('l'), { aside: true }],
    ['in the middle of a word', 'let go█ne = 0;', {}],
    ['in a huge file', `${'x'.repeat(1_000_001)}█`, {}],
    ['in a line too long to read', `${'x'.repeat(2_100)}█`, {}],
    ['in an empty file', '█', {}],
  ];
  for (const [why, text, facts] of nowhere)
    it(why, async () => {
      const world = createWorld({ local: { answer: knows } });
      assert.equal(
        await world.suggest(text, 1_000, { facts: { cursors: 1, hasSelection: false, aside: false, ...facts } }),
        undefined,
      );
      assert.equal(world.sent.length, 0);
    });
  it('unless the user asks, where suggestions come by hand only', async () => {
    const world = createWorld({ local: { answer: knows } }, { trigger: 'manual' });
    assert.equal(await world.suggest(inBody('l')), undefined);
    assert.equal(world.sent.length, 0);
    assert.ok(await world.suggest(inBody('l'), 1_000, { explicit: true }));
  });
});

describe('how much is shown', () => {
  const long = Array.from({ length: 30 }, (_, i) => `line${i}(a, b);`).join('\n  ');

  it('is so many lines unasked, and everything by hand, also while it is typed', async () => {
    const unasked = createWorld({ local: { answer: () => long } }, { maxLines: 12 });
    assert.equal((await unasked.suggest('function f() {\n  █\n}\n', 1_000))?.text.split('\n').length, 1);
    await unasked.clock.advanceTo(5_000);
    assert.equal((await unasked.suggest('function f() {\n  █\n}\n', 1))?.text.split('\n').length, 12);
    const byHand = createWorld({ local: { answer: () => long } }, { maxLines: 12 });
    await byHand.suggest('function f() {\n  █\n}\n', 1_000, { explicit: true });
    await byHand.clock.advanceTo(5_000);
    assert.equal((await byHand.suggest('function f() {\n  █\n}\n', 1, { explicit: true }))?.text, long);
    assert.equal((await byHand.suggest('function f() {\n  l█\n}\n', 1))?.text, long.slice(1));
    assert.deepEqual(
      [unasked, byHand].map(({ sent }) => sent[0]?.prompt.options.maxTokens),
      [256, 512],
    );
  });
});

describe('asking by hand', () => {
  it('is another try where nothing came of the first', async () => {
    const models: Record<string, Behaviour> = { local: { answer: () => '' } };
    const world = createWorld(models);
    const ask = world.ask('x();\n█\n', { explicit: true });
    const byHand = async (): Promise<string | undefined> => {
      const answer = world.completion.suggest(ask, new AbortController().signal);
      await world.clock.advanceTo(world.clock.now() + 1_000);
      return (await answer)?.text;
    };
    assert.equal(await byHand(), undefined);
    models['local'] = { answer: () => 'model();' };
    assert.equal(await byHand(), 'model();');
    assert.equal(await byHand(), 'model();');
    assert.equal(world.sent.length, 2);
  });
});

describe('who serves', () => {
  it('is a nearer model where the wished one may not have the file, and the user learns why', async () => {
    const world = createWorld({ far: { refuses: true, zone: 'cloud' }, near: { answer: knows } });
    assert.ok(await world.suggest(inBody('l')));
    await world.clock.advanceTo(2_000);
    assert.deepEqual(
      world.sent.map(({ model }) => model),
      ['far', 'near'],
    );
    assert.ok(
      world.events.some(
        (event) => event.kind === 'refused' && event.model.backend === 'far' && event.servedBy?.backend === 'near',
      ),
    );
  });
  it('gets context chosen for the zone that is proved for it', async () => {
    for (const zone of ['device', 'perimeter', 'cloud'] as const) {
      const world = createWorld({ local: { answer: knows, zone } });
      await world.suggest(inBody('l'));
      assert.deepEqual(world.zones, [zone]);
    }
  });
  it('is not asked again at every key after a refusal', async () => {
    const world = createWorld({ far: { refuses: true, zone: 'cloud' } });
    for (const typed of ['l', 'le', 'let', 'let ']) await world.suggest(inBody(typed), 300);
    assert.equal(world.sent.length, 1);
  });
  it('is told of the refusal, too, where the first question was overtaken before anyone had served it', async () => {
    const world = createWorld({ far: { refuses: true, zone: 'cloud' }, near: { answer: () => 'sum = 0;' } });
    world.completion.typed(world.ask(inBody('let ')));
    await world.clock.advanceTo(20);
    world.completion.moved(world.ask('other();\n█x\n'));
    await world.clock.advanceTo(500);
    assert.deepEqual([world.sent[1]?.model, world.sent[1]?.aborted], ['near', true]);
    assert.equal(world.events.filter(({ kind }) => kind === 'refused').length, 0);
    await world.suggest(inBody('let '));
    await world.clock.advanceTo(world.clock.now() + 1_000);
    const told = world.events.find((event) => event.kind === 'refused');
    assert.deepEqual(told?.kind === 'refused' && told.servedBy?.backend, 'near');
  });
  it('is nobody where no model may have the file', async () => {
    const world = createWorld({ far: { refuses: true, zone: 'cloud' } });
    assert.equal(await world.suggest(inBody('l')), undefined);
  });
  it('is nobody in the cloud when a nearer server is down, whatever stands in the settings', async () => {
    for (const reason of ['not-running', 'timeout'] as const) {
      const error = { reason, message: 'Ollama is not there.' };
      const world = createWorld({ down: { fails: error }, far: { answer: knows, zone: 'cloud' } });
      assert.equal(await world.suggest(inBody('l')), undefined);
      await world.clock.advanceTo(world.clock.now() + 3_000);
      assert.ok(world.sent.every(({ model }) => model === 'down'));
    }
  });
  it('is another where the first does not answer, which is then left alone for longer and longer', async () => {
    const error = { reason: 'not-running', message: 'Ollama is not running.' } as const;
    const world = createWorld({ down: { fails: error }, near: { answer: knows } });
    assert.ok(await world.suggest(inBody('l')));
    await world.suggest('x();\n█\n', 500);
    assert.equal(world.sent.filter(({ model }) => model === 'down').length, 1);
    await world.clock.advanceTo(world.clock.now() + 3_000);
    await world.suggest('y();\n█\n', 500);
    assert.equal(world.sent.filter(({ model }) => model === 'down').length, 2);
  });
  it('waits while a chat uses the model, and says so', async () => {
    const world = createWorld({ local: { answer: knows } });
    world.chat(true);
    assert.equal(await world.suggest(inBody('l'), 500), undefined);
    assert.equal(world.sent.length, 0);
    assert.ok(world.events.some(({ kind }) => kind === 'waiting for chat'));
    world.chat(false);
    assert.ok(await world.suggest(inBody('l'), 1_000));
  });
});

describe('a chat with the same server', () => {
  const other = { backend: 'local', model: 'llama3.1:8b' };
  const cold = { local: { answer: knows, loads: 5_000 } };

  it('ends what the model was saying; it is asked again when the chat is over', async () => {
    for (const delay of ['adaptive', 50] as const) {
      const world = createWorld({ local: { answer: knows, ttft: 300 } }, { delay });
      world.completion.typed(world.ask(inBody('l')));
      await world.clock.advanceTo(100);
      world.chat(true);
      await world.clock.advanceTo(2_000);
      assert.deepEqual(
        world.sent.map(({ aborted }) => aborted),
        [true],
      );
      assert.ok(world.events.some(({ kind }) => kind === 'waiting for chat'));
      world.chat(false);
      await world.clock.advanceTo(4_000);
      assert.ok(await world.suggest(inBody('l'), 1), `delay ${delay}`);
      assert.equal(world.sent.length, 2);
    }
  });
  it('is waited for by a model that would first have to be loaded, whatever model it uses', async () => {
    const world = createWorld(cold);
    world.chat(true, other);
    world.completion.typed(world.ask(inBody('l')));
    await world.clock.advanceTo(3_000);
    assert.equal(world.sent.length, 0);
    world.chat(false, other);
    await world.clock.advanceTo(4_000);
    assert.equal(world.sent.length, 1);
  });
  it('does not stop a model that is in memory beside its own', async () => {
    const world = createWorld({ local: { answer: knows } });
    world.chat(true, other);
    assert.ok(await world.suggest(inBody('l')));
  });
  it('is not waited for in the cloud, where many are served at a time', async () => {
    const world = createWorld({ local: { answer: knows, zone: 'cloud' } });
    world.chat(true);
    assert.ok(await world.suggest(inBody('l')));
  });
  it('leaves another prompt in the cache: the file is evaluated again when it is over', async () => {
    const world = createWorld({ local: { answer: knows } }, { warm: true });
    world.completion.moved(world.ask(inBody('le')));
    await world.clock.advanceTo(2_000);
    world.chat(true);
    await world.clock.advanceTo(5_000);
    world.chat(false);
    await world.clock.advanceTo(7_000);
    assert.deepEqual(
      world.sent.map(({ intent }) => intent),
      ['warm', 'warm'],
    );
  });
  it('changes nothing for a file that was left, nor where nothing may be warmed', async () => {
    for (const warm of [true, false]) {
      const world = createWorld({ local: { answer: knows } }, { warm });
      world.completion.moved(world.ask(inBody('le')));
      await world.clock.advanceTo(2_000);
      if (warm) world.completion.reset();
      const before = world.sent.length;
      world.chat(true);
      world.chat(false);
      await world.clock.advanceTo(7_000);
      assert.equal(world.sent.length, before);
    }
  });
});

describe('warming', () => {
  it('evaluates the file that someone looks at, for one token', async () => {
    const world = createWorld({ local: { answer: knows } }, { warm: true });
    world.completion.moved(world.ask('█function f() {\n  return 1;\n}\n'));
    await world.clock.advanceTo(2_000);
    assert.deepEqual(
      world.sent.map(({ intent, prompt }) => [intent, prompt.options.maxTokens]),
      [['warm', 1]],
    );
  });
  it('loads the model first, without text', async () => {
    const world = createWorld({ local: { answer: knows, loads: 3_000 } }, { warm: true });
    world.completion.moved(world.ask('█function f() {}\n'));
    await world.clock.advanceTo(2_000);
    assert.equal(world.sent.length, 0);
    await world.clock.advanceTo(5_000);
    assert.equal(world.sent.length, 1);
  });
  it('only loads a model that reads the text below first, and no other in its place', async () => {
    const models = [
      { backend: 'local', model: 'codestral:22b' },
      { backend: 'near', model: 'qwen2.5-coder:1.5b' },
    ];
    const slow = { answer: () => 'next();', loads: 3_000 };
    const world = createWorld({ local: slow, near: slow }, { warm: true, models });
    world.completion.moved(world.ask('x█();\nfunction f() {}\n'));
    await world.clock.advanceTo(9_000);
    assert.deepEqual(world.sent, []);
    assert.equal((await world.suggest('x();\n█\nfunction f() {}\n', 300))?.text, 'next();');
  });
  it('loads no model beside one in the cloud that may have the file', async () => {
    const world = createWorld(
      { far: { answer: knows, zone: 'cloud' }, near: { answer: knows, loads: 3_000 } },
      { warm: true },
    );
    world.completion.moved(world.ask('█function f() {}\n'));
    await world.clock.advanceTo(9_000);
    assert.deepEqual(world.sent, []);
    assert.ok(!world.events.some(({ kind }) => kind === 'loading'));
  });
  it('sends nothing ahead of need to a cloud', async () => {
    const world = createWorld({ far: { answer: knows, zone: 'cloud' } }, { warm: true });
    world.completion.moved(world.ask('█function f() {}\n'));
    await world.clock.advanceTo(2_000);
    assert.equal(world.sent.length, 0);
  });
  it('is for a far place in a long file, too, but not for one that the last prompt nearly told', async () => {
    const lines = Array.from({ length: 1_200 }, (_, index) => `const value${index} = compute(${index});`);
    const near = (line: number): string => [...lines.slice(0, line), 'done();█', ...lines.slice(line)].join('\n');
    const world = createWorld({ local: { answer: () => '' } }, { warm: true });
    const rest = async (line: number): Promise<void> => {
      world.completion.moved(world.ask(near(line)));
      await world.clock.advanceTo(world.clock.now() + 2_000);
    };
    for (const line of [100, 104, 90, 900, 903]) await rest(line);
    const warmed = world.sent.filter(({ intent }) => intent === 'warm');
    assert.equal(warmed.length, 2);
    assert.match(warmed[1]?.prefix ?? '', /value899 /);
  });
  it('begins like the request that follows, also where the window is small', async () => {
    const lines = Array.from({ length: 400 }, (_, index) => `const value${index} = compute(${index});`).join('\n');
    const world = createWorld({ local: { answer: () => 'x();' } }, { warm: true, contextLength: 1_024 });
    world.completion.moved(world.ask(`${lines}\nlet█\n${lines}`));
    await world.clock.advanceTo(2_000);
    await world.suggest(`${lines}\nlet █\n${lines}`);
    await world.clock.advanceTo(6_000);
    await world.suggest(`${lines}\nlet y█\n${lines}`, 1_000, { explicit: true });
    const starts = world.sent.map(({ prefix }) => prefix.slice(0, 80));
    assert.deepEqual(
      [...world.sent.map(({ intent }) => intent), new Set(starts).size],
      ['warm', 'completion', 'completion', 1],
    );
  });
  it('stops at the first key', async () => {
    const world = createWorld({ local: { answer: knows } }, { warm: true });
    world.completion.moved(world.ask(inBody('le')));
    await world.clock.advanceTo(300);
    await world.suggest(inBody('let'), 1_000);
    await world.clock.advanceTo(3_000);
    assert.deepEqual(
      world.sent.map(({ intent }) => intent),
      ['completion'],
    );
  });
});

describe('more than one answer', () => {
  it('brings different suggestions when the user asks for them, the one shown first', async () => {
    let asked = 0;
    const world = createWorld({ local: { answer: () => ['one();', 'two();', 'one();', 'three();'][asked++] ?? '' } });
    const first = await world.suggest('x();\n█\n', 1_000, { explicit: true });
    const found = world.completion.alternatives(
      world.ask('x();\n█\n', { explicit: true }),
      new AbortController().signal,
    );
    await world.clock.advanceTo(world.clock.now() + 2_000);
    assert.deepEqual(
      (await found).map(({ text }) => text),
      [first?.text, 'two();'],
    );
    assert.deepEqual(
      world.sent.map(({ prompt }) => prompt.options.temperature),
      [0, 0.7, 0.7],
    );
  });
  it('never puts another suggestion in the place of the likeliest', async () => {
    let asked = 0;
    const world = createWorld({ local: { answer: () => ['one();', 'only();'][asked++] ?? '' } });
    const found = world.completion.alternatives(
      world.ask('x();\n█\n', { explicit: true }),
      new AbortController().signal,
    );
    await world.clock.advanceTo(3_000);
    await found;
    assert.equal((await world.suggest('x();\no█\n', 1))?.text, 'ne();');
  });
  it('asks ahead for what follows an offer at which the model was cut short', async () => {
    const long = Array.from({ length: 60 }, (_, i) => `line${i}(a, b, c);`);
    const answer = (prefix: string): string => {
      const said = prefix.slice(prefix.indexOf('{\n  ') + 4);
      return long.join('\n  ').slice(said.length);
    };
    const world = createWorld({ local: { answer, ttft: 50, tok: 20 } }, { maxLines: 4 });
    await world.suggest('function f() {\n  █\n}\n', 3_000);
    await world.clock.advanceTo(10_000);
    let text = '';
    for (let taken = 0; taken < 4; taken++) {
      const offer = await world.suggest(`function f() {\n  ${text}█\n}\n`, 1);
      assert.ok(offer, `after ${text.split('\n').length} lines`);
      text += offer.text;
      world.completion.accepted();
      await world.clock.advanceTo(world.clock.now() + 3_000);
    }
    assert.ok(world.sent.length <= 4, `${world.sent.length} requests`);
  });
  it('asks ahead, once, for what follows a block that was cut at its end, but not where the model itself ended', async () => {
    const more = 'one();\n\nfunction two() {\n  three();\n}\n';
    for (const [answer, requests] of [
      [(prefix: string) => (prefix.endsWith('();') ? '' : more), 2],
      [(prefix: string) => (prefix.endsWith('();') ? more : 'one();'), 1],
    ] as const) {
      const world = createWorld({ local: { answer } });
      for (const typed of ['', 'o', 'on']) {
        assert.ok(await world.suggest(`zero();\n${typed}█\n`, 500));
        await world.clock.advanceTo(world.clock.now() + 1_000);
      }
      assert.equal(world.sent.length, requests);
    }
  });
  it('is there within 30 ms of taking an offer in four of five cases, on quick servers and on slower ones', async () => {
    for (const [ttft, tok] of [
      [80, 5],
      [150, 30],
      [400, 70],
    ] as const) {
      const lines = Array.from({ length: 60 }, (_, i) => `step${i}(a, b);`).join('\n  ');
      const answer = (prefix: string): string => lines.slice(prefix.length - prefix.indexOf('{\n  ') - 4);
      const world = createWorld({ local: { answer, ttft, tok } }, { lines: 'single' });
      let text = '';
      let ready = 0;
      for (let taken = 0; taken < 20; taken++) {
        const next = await world.suggest(`function f() {\n  ${text}█\n}\n`, 30);
        const offer = next ?? (await world.suggest(`function f() {\n  ${text}█\n}\n`, 5_000));
        assert.ok(offer, `after ${taken} lines`);
        if (next) ready += 1;
        await world.clock.advanceTo(world.clock.now() + 1_500);
        world.completion.accepted();
        text += offer.text;
      }
      assert.ok(ready >= 16, `${ready} of 20 with ${ttft} ms to the first token`);
    }
  });
  it('comes from the engine in this process while the model is being loaded, and then from the model', async () => {
    const { world, standIn } = await coldWorld(() => 'model();');
    const grown = world.completion.grown(standIn);
    await world.clock.advanceTo(8_000);
    assert.equal(await grown, true);
    // However late the question comes: a quick model may be through before it is asked.
    assert.equal(await world.completion.grown(standIn), true);
    assert.equal((await world.suggest('x();\n█\n', 1))?.text, 'model();');
  });
  it('comes from that engine, too, where a model in memory has said nothing for two seconds', async () => {
    const embedded = { answer: () => 'engine();', ttft: 1 };
    const hangs = createWorld({ local: { answer: () => 'model();', ttft: 60_000 }, embedded });
    const standIn = await hangs.suggest('x();\n█\n', 2_500);
    assert.deepEqual([standIn?.text, standIn?.standIn], ['engine();', true]);
    await hangs.clock.advanceTo(61_000);
    assert.equal((await hangs.suggest('x();\n█\n', 1))?.text, 'model();');
    const slow = createWorld({ local: { answer: () => 'model();', ttft: 1_900 }, embedded });
    assert.equal((await slow.suggest('x();\n█\n', 2_500))?.text, 'model();');
    await slow.clock.advanceTo(10_000);
    assert.deepEqual(
      slow.sent.map(({ model }) => model),
      ['local'],
    );
  });
  it('comes from that engine where what the server sends is no answer at all, not where it breaks off', async () => {
    const embedded = { answer: () => 'engine();', ttft: 1 };
    const world = createWorld({ local: { breaksOff: true }, embedded });
    assert.equal((await world.suggest('x();\n█\n'))?.text, 'engine();');
    assert.ok(world.events.some((event) => event.kind === 'failed' && event.error.reason === 'broken-stream'));
    const cut = createWorld({ local: { answer: () => 'model();', breaksOff: true }, embedded });
    assert.equal((await cut.suggest('x();\n█\n'))?.text, 'model();');
  });
  it('comes from a model that was not there before, also where the engine had nothing to say', async () => {
    const error = { reason: 'not-running', message: 'Ollama is not running.' } as const;
    const models: Record<string, Behaviour> = { local: { fails: error }, embedded: { answer: () => '', ttft: 1 } };
    const world = createWorld(models);
    assert.equal(await world.suggest('x();\n█\n'), undefined);
    models['local'] = { answer: () => 'model();' };
    await world.clock.advanceTo(5_000);
    assert.equal((await world.suggest('x();\n█\n'))?.text, 'model();');
  });
  it('comes from a model that failed before, in the place where the engine spoke for it', async () => {
    const error = { reason: 'not-running', message: 'Ollama is not running.' } as const;
    const models: Record<string, Behaviour> = {
      local: { fails: error },
      embedded: { answer: () => 'engine();', ttft: 1 },
    };
    const world = createWorld(models);
    assert.deepEqual(await shownBy(world), ['engine();', false]);
    assert.deepEqual(await shownBy(world), ['engine();', false]);
    assert.equal(world.sent.length, 2, 'somebody was asked again too soon');
    await world.clock.advanceTo(5_000);
    const still = await world.suggest('x();\n█\n', 1);
    assert.ok(still?.standIn);
    const same = world.completion.grown(still);
    await world.clock.advanceTo(5_500);
    assert.equal(await same, false, 'the same words were shown anew');
    models['local'] = { answer: () => 'model();' };
    await world.clock.advanceTo(20_000);
    const before = await world.suggest('x();\n█\n', 1);
    assert.ok(before?.standIn);
    const better = world.completion.grown(before);
    await world.clock.advanceTo(21_000);
    assert.equal(await better, true);
    assert.deepEqual(await shownBy(world), ['model();', false]);
  });
  it('keeps that where the model has nothing to say in its place', async () => {
    const { world, standIn } = await coldWorld(() => '');
    await world.clock.advanceTo(8_000);
    assert.equal(await world.completion.grown(standIn), false);
    assert.equal(world.sent.length, 2, 'the model was asked more than once');
  });
  it('is the model’s own word where the engine’s was typed on meanwhile, and the model had meant something else', async () => {
    for (const first of ['model();', '']) {
      const { world } = await coldWorld((prefix) => (prefix.endsWith('\n') ? first : 'ough();'));
      const typedOn = await world.suggest('x();\nen█\n', 60);
      assert.deepEqual([typedOn?.text, typedOn?.standIn], ['gine();', true]);
      assert.ok(typedOn);
      const grown = world.completion.grown(typedOn);
      await world.clock.advanceTo(9_000);
      assert.equal(await grown, true, `after "${first}"`);
      assert.equal((await world.suggest('x();\nen█\n', 1))?.text, 'ough();');
      assert.deepEqual(
        world.sent.filter(({ model }) => model === 'local').map(({ prefix }) => prefix),
        ['x();\n', 'x();\nen'],
      );
    }
  });
  it('is waited for no longer once the engine’s was waved away, or the cursor has left', async () => {
    const { world, standIn } = await coldWorld(() => 'model();');
    const waved = world.completion.grown(standIn);
    world.completion.dismissed();
    assert.equal(await waved, false);
    const left = world.completion.grown(standIn);
    world.completion.moved(world.ask('x█();\n\n'));
    assert.equal(await left, false);
  });
  it('comes from that engine at once, too, where the model was being loaded before anyone typed', async () => {
    const models = {
      local: { answer: () => 'model();', loads: 5_000 },
      embedded: { answer: () => 'engine();', ttft: 1 },
    };
    const world = createWorld(models, { warm: true });
    world.completion.moved(world.ask('x();\n█y();\n'));
    await world.clock.advanceTo(1_000);
    assert.equal((await world.suggest('x();\n█\n', 60))?.text, 'engine();');
    assert.deepEqual(
      world.sent.map(({ model }) => model),
      ['embedded'],
    );
    await world.clock.advanceTo(9_000);
    assert.equal((await world.suggest('x();\n█\n', 1))?.text, 'model();');
  });
});

describe('why', () => {
  it('tells what was asked, of whom, and what it cost, without a word of it', async () => {
    const world = createWorld({ local: { answer: knows } });
    await world.suggest(inBody('l'));
    await world.clock.advanceTo(2_000);
    const why = world.completion.why();
    assert.deepEqual(
      why?.prompt.parts.map(({ role }) => role),
      ['prefix', 'suffix'],
    );
    assert.equal(why?.model.backend, 'local');
    assert.equal(why?.end?.kind === 'answered' && why.end.measured.firstTokenMs, 80);
    assert.ok(!inspect(why, { depth: 9, showHidden: true }).includes('gone'));
  });
});

/** One answer is heard, another asked for, and the typing departs from it after so many milliseconds. */
async function strayAfter(world: ReturnType<typeof createWorld>, ms: number): Promise<void> {
  await world.suggest(inBody('let '));
  await world.clock.advanceTo(2_000);
  world.completion.typed(world.ask(inBody('const ')));
  await world.clock.advanceTo(2_000 + ms);
  world.completion.typed(world.ask(inBody('const t')));
  await world.clock.advanceTo(2_000 + ms + 20);
}

/** An engine that knows at once what stands in for a model that has to be loaded for five seconds. */
async function coldWorld(answer: (prefix: string) => string) {
  const world = createWorld({
    local: { answer, loads: 5_000 },
    embedded: { answer: () => 'engine();', ttft: 1 },
  });
  const standIn = await world.suggest('x();\n█\n', 60);
  assert.deepEqual([standIn?.text, standIn?.standIn], ['engine();', true]);
  assert.ok(standIn);
  return { world, standIn };
}

async function pick(offer: ReturnType<ReturnType<typeof createWorld>['suggest']>) {
  const found = await offer;
  return found && { text: found.text, covers: found.covers };
}

/** What is shown in one place, and whether only for now. */
async function shownBy(world: ReturnType<typeof createWorld>) {
  const offer = await world.suggest('x();\n█\n');
  return [offer?.text, offer?.standIn];
}
