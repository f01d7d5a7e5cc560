export const declassifies = ['confirm', 'never'] as const;

/** Whether the user may widen a text's reach. `confirm`: after an exact preview. `never`: not at all. */
export type Declassify = (typeof declassifies)[number];
