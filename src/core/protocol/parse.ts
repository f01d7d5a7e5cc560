import { isChatView, isFoundFileView, isMessageView, isPanelView, isSessionView } from './checkView.ts';
import { withheldChoices, type ToHost, type ToPanel } from './messages.ts';
import { isCount, isText, listOf, literal, oneOf, optional, recordOf, textUpTo } from './shape.ts';
import { actionIds } from './view.ts';

/** Most UTF-16 units of one question, and of one piece of code copied or inserted. */
export const longestText = 1_000_000;

/** What the host sent, or undefined for anything else. */
export function parseToPanel(value: unknown): ToPanel | undefined {
  return isToPanel(value) ? value : undefined;
}

/** What the panel sent, or undefined for anything else. The panel shows model output: nothing it sends is trusted. */
export function parseToHost(value: unknown): ToHost | undefined {
  return isToHost(value) ? value : undefined;
}

/** The `kind` of a message that was not understood, for the log: a short word or nothing, never content. */
export function kindOf(value: unknown): string {
  const kind: unknown = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  return typeof kind === 'string' && /^[a-z-]{1,20}$/.test(kind) ? kind : 'unknown';
}

type To<Message, Kind> = Extract<Message, { readonly kind: Kind }>;

const isToPanel = oneOf<ToPanel>(
  recordOf<To<ToPanel, 'delta'>>({
    kind: literal('delta'),
    seq: isCount,
    id: isText,
    channel: literal('text', 'thinking'),
    text: isText,
  }),
  recordOf<To<ToPanel, 'panel'>>({ kind: literal('panel'), seq: isCount, panel: isPanelView }),
  recordOf<To<ToPanel, 'message'>>({ kind: literal('message'), seq: isCount, message: isMessageView }),
  recordOf<To<ToPanel, 'snapshot'>>({ kind: literal('snapshot'), seq: isCount, view: isChatView }),
  recordOf<To<ToPanel, 'found'>>({
    kind: literal('found'),
    seq: isCount,
    request: isCount,
    files: listOf(isFoundFileView),
  }),
  recordOf<To<ToPanel, 'sessions'>>({ kind: literal('sessions'), seq: isCount, sessions: listOf(isSessionView) }),
  recordOf<To<ToPanel, 'focus'>>({ kind: literal('focus'), seq: isCount }),
);

const isName = textUpTo(2_000);
const isLongText = textUpTo(longestText);

const isToHost = oneOf<ToHost>(
  recordOf<To<ToHost, 'ask'>>({ kind: literal('ask'), text: isLongText, replaces: optional(isName) }),
  recordOf<To<ToHost, 'retry'>>({ kind: literal('retry'), answer: isName, model: optional(isName) }),
  recordOf<To<ToHost, 'resolve'>>({ kind: literal('resolve'), answer: isName, choice: literal(...withheldChoices) }),
  recordOf<To<ToHost, 'preview-part'>>({ kind: literal('preview-part'), answer: isName, part: isName }),
  recordOf<To<ToHost, 'send-part'>>({ kind: literal('send-part'), offer: isName }),
  recordOf<To<ToHost, 'draft'>>({ kind: literal('draft'), text: isLongText }),
  recordOf<To<ToHost, 'act'>>({ kind: literal('act'), action: literal(...actionIds), answer: optional(isName) }),
  recordOf<To<ToHost, 'open-session'>>({ kind: literal('open-session'), id: isName }),
  recordOf<To<ToHost, 'remove-session'>>({ kind: literal('remove-session'), id: isName }),
  recordOf<To<ToHost, 'choose-model'>>({ kind: literal('choose-model'), model: isName }),
  recordOf<To<ToHost, 'attach-uri'>>({ kind: literal('attach-uri'), uri: isName }),
  recordOf<To<ToHost, 'detach'>>({ kind: literal('detach'), id: isName }),
  recordOf<To<ToHost, 'find-files'>>({ kind: literal('find-files'), request: isCount, query: isName }),
  recordOf<To<ToHost, 'copy'>>({ kind: literal('copy'), text: isLongText }),
  recordOf<To<ToHost, 'insert'>>({ kind: literal('insert'), text: isLongText }),
  recordOf<To<ToHost, 'open-link'>>({ kind: literal('open-link'), url: isName }),
  recordOf<{ readonly kind: BareKind }>({ kind: literal(...bareKinds()) }),
);

type BareKind = Exclude<
  { [K in ToHost['kind']]: keyof To<ToHost, K> extends 'kind' ? K : never }[ToHost['kind']],
  undefined
>;

function bareKinds() {
  return [
    'ready',
    'stop',
    'close-part',
    'new-chat',
    'list-sessions',
    'refresh-models',
    'cancel-pull',
    'attach-file',
    'attach-selection',
  ] as const satisfies readonly BareKind[];
}
