/** The path in a title such as `src/a.ts:1-20`, on one line: what a prompt says of where a text came from. */
export function barePath(title: string): string {
  return title.replace(/[\r\n]+/g, ' ').replace(/:\d+(?:-\d+)?$/, '');
}
