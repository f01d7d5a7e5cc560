/** Milliseconds after the last change. */
const pause = 150;

/**
 * From the first paste or drop on until the box is empty again, tells what it holds: a copy may be edited, or taken out
 * again, before it is sent. What is only typed is told by sending it.
 */
export function watchPastes(box: HTMLTextAreaElement, tell: (text: string) => void): { readonly look: () => void } {
  let watching = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    if (!watching) return;
    clearTimeout(timer);
    if (box.value === '') watching = false;
    timer = setTimeout(() => tell(box.value), watching ? pause : 0);
  };
  const begin = (): void => {
    watching = true;
  };
  box.addEventListener('paste', begin);
  box.addEventListener('drop', begin);
  box.addEventListener('input', look);
  return { look };
}
