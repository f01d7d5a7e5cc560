import { optional, recordOf, textUpTo } from '../core/protocol/shape.ts';
import type { Draft } from './composer.ts';
import { connect } from './host.ts';
import { createPanel } from './panel.ts';

const host = connect((message) => panel.receive(message));
const panel = createPanel(document.body, host);

// What was being written when the panel was hidden or the window reloaded.
const isDraft = recordOf<Draft>({ text: textUpTo(1_000_000), replaces: optional(textUpTo(2_000)) });
const remembered = host.remembered();
if (isDraft(remembered)) panel.restore(remembered);

host.send({ kind: 'ready' });
