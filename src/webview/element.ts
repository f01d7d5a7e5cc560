type Attributes = Readonly<Record<string, string | boolean | undefined>>;
type Child = Node | string | undefined | false;

/** Makes an element. `true` sets an attribute without a value, `false` and `undefined` leave it out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** Makes a button that does one thing. `name` is what a screen reader says and a pointer sees. */
export function button(
  { name, kind, text = false }: { readonly name: string; readonly kind: string; readonly text?: boolean },
  icon: Node | undefined,
  act: (event: MouseEvent) => void,
): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', class: kind, title: text ? undefined : name, 'aria-label': text ? undefined : name },
    icon,
    text && element('span', {}, name),
  );
  made.addEventListener('click', act);
  return made;
}
