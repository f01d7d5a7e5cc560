/** Calls `open` with the address of a link that is clicked or entered. Links are marked by the cleaner; none opens alone. */
export function followLinks(area: HTMLElement, open: (url: string) => void): void {
  const follow = (event: Event): void => {
    const link = event.target instanceof Element ? event.target.closest('a[data-url]') : null;
    const url = link instanceof HTMLElement ? link.dataset['url'] : undefined;
    if (url === undefined) return;
    event.preventDefault();
    open(url);
  };
  area.addEventListener('click', follow);
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') follow(event);
  });
}
