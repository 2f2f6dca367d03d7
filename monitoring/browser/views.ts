/** The two windows in which every page has to look right: a desk's and a phone's, in CSS pixels. */
export const views = [
  { name: "desk", width: 1440, height: 900 },
  { name: "phone", width: 390, height: 844 },
] as const;
