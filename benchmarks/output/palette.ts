/** Colours that can be read on white and on GitHub's dark grey; the first is for what a plot is about. */
export const colours = [
  '#e8590c',
  '#868e96',
  '#d6336c',
  '#f06595',
  '#228be6',
  '#4dabf7',
  '#ae3ec9',
  '#37b24d',
  '#b08900',
  '#0ca678',
]
