/**
 * Rendered Markdown as nodes, with nothing in it but known elements without attributes. Parsed apart from the page, so that
 * nothing is loaded or run meanwhile. Links become elements that only say where they lead.
 */
export function cleanFragment(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const fragment = document.createDocumentFragment();
  fragment.append(...[...parsed.body.childNodes].flatMap(cleanNode));
  return fragment;
}

function cleanNode(node: Node): readonly Node[] {
  if (node instanceof Text) return [document.createTextNode(node.data)];
  if (!(node instanceof Element)) return [];
  const children = [...node.childNodes].flatMap(cleanNode);
  const tag = node.tagName.toLowerCase();
  if (tag === 'a') return link(node.getAttribute('href') ?? '', children);
  if (!known.has(tag)) return children;
  const made = document.createElement(tag);
  const names = keptClasses(node);
  if (names) made.className = names;
  const start = tag === 'ol' ? node.getAttribute('start') : null;
  if (start !== null && /^\d{1,9}$/.test(start)) made.setAttribute('start', start);
  if (tag === 'table') return [framed(made, children)];
  made.append(...children);
  return [made];
}

const known = new Set(
  'p br hr h1 h2 h3 h4 h5 h6 strong em s code pre ul ol li blockquote table thead tbody tr th td span'.split(' '),
);

/** The classes of the highlighter, and the language of a fence. */
function keptClasses(node: Element): string {
  return [...node.classList]
    .filter((name) => /^(?:hljs|language)-[\w+#.-]+$|^(?:\w+_|class_|function_)$/.test(name))
    .join(' ');
}

/** A wide table scrolls by itself, so that the panel does not. */
function framed(table: HTMLElement, children: readonly Node[]): HTMLElement {
  const frame = document.createElement('div');
  frame.className = 'table';
  frame.tabIndex = 0;
  table.append(...children);
  frame.append(table);
  return frame;
}

function link(url: string, children: readonly Node[]): readonly Node[] {
  if (!/^https:\/\//i.test(url)) return children;
  const made = document.createElement('a');
  made.className = 'link';
  made.setAttribute('role', 'link');
  made.tabIndex = 0;
  made.dataset['url'] = url;
  made.title = url;
  made.append(...children);
  if (made.textContent === url) return [made];
  // The words of a link are the model's; where it leads is said beside them.
  const where = document.createElement('span');
  where.className = 'link-where';
  where.textContent = ` (${new URL(url).host})`;
  made.append(where);
  return [made];
}
