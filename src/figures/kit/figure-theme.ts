/**
 * The colours and the typeface of every figure. Colours that carry text (ink, soft, faint, accent, blue,
 * amberInk) reach WCAG AA, 4.5:1, on paper, on panel and on the accent column.
 */
export interface FigureTheme {
  readonly name: 'light' | 'dark';
  /** Ground of the page and of every exported figure. */
  readonly paper: string;
  /** Ground of raised surfaces and of empty thumbnails. */
  readonly panel: string;
  /** Main text. */
  readonly ink: string;
  /** Secondary text: names, row labels. */
  readonly soft: string;
  /** Tertiary text: sizes, ticks. Still legible at 10 px. */
  readonly faint: string;
  /** Hairlines and grids; never text. */
  readonly rule: string;
  /** The measured thing, and what is selected. */
  readonly accent: string;
  /** Column behind the selected layer; opaque, drawn first. */
  readonly accentSoft: string;
  /** Mean of the null model. */
  readonly nullLine: string;
  /** Two standard deviations about that mean. */
  readonly nullBand: string;
  readonly blue: string;
  /** Fill only: too light for text on light paper, which takes `amberInk`. */
  readonly amber: string;
  readonly amberInk: string;
  /** What belongs to nothing: dissolved signs, hatching. */
  readonly grey: string;
  /** Font family list, as CSS and canvas take it. */
  readonly font: string;
}

const font = "'Inter Variable', system-ui, sans-serif";

const light: FigureTheme = {
  name: 'light',
  paper: '#faf9f6',
  panel: '#ffffff',
  ink: '#1b1b1b',
  soft: '#55565a',
  faint: '#6a6a69',
  rule: '#e3e1dc',
  accent: '#b3362b',
  accentSoft: '#f6ebe8',
  nullLine: '#8c8c88',
  nullBand: '#dcdbd7',
  blue: '#2b6a9f',
  amber: '#c68a2a',
  amberInk: '#875a10',
  grey: '#bdbcb6',
  font,
};

/** Not the light theme turned over: the ground stays warm, accents are lifted in lightness and lose chroma. */
const dark: FigureTheme = {
  name: 'dark',
  paper: '#161618',
  panel: '#1f2023',
  ink: '#ecebe7',
  soft: '#b7b6b2',
  faint: '#96959a',
  rule: '#313236',
  accent: '#ee7a6a',
  accentSoft: '#2d2122',
  nullLine: '#85868c',
  nullBand: '#37383d',
  blue: '#6fa9d8',
  amber: '#d6a24c',
  amberInk: '#d6a24c',
  grey: '#5d5e62',
  font,
};

/** For whom letters and lines cannot be clear enough: texts reach WCAG AAA, 7:1, on every ground, and lines what AA asks of letters. */
const lightOfContrast: FigureTheme = {
  ...light,
  paper: '#ffffff',
  ink: '#000000',
  soft: '#2b2c2f',
  faint: '#3a3a3a',
  rule: '#8c8c88',
  accent: '#8f1f16',
  accentSoft: '#f9efec',
  nullLine: '#66665f',
  nullBand: '#cfcec9',
  blue: '#184c77',
  amberInk: '#5e3d06',
};

const darkOfContrast: FigureTheme = {
  ...dark,
  paper: '#000000',
  panel: '#101012',
  ink: '#ffffff',
  soft: '#dddcd8',
  faint: '#c4c3c7',
  rule: '#85868c',
  accent: '#ff9d8f',
  accentSoft: '#241717',
  nullLine: '#a3a4aa',
  nullBand: '#43444a',
  blue: '#9cc9ef',
  amber: '#e8bd72',
  amberInk: '#e8bd72',
};

export const themesOfContrast: typeof figureThemes = { light: lightOfContrast, dark: darkOfContrast };

export const figureThemes: { readonly light: FigureTheme; readonly dark: FigureTheme } = { light, dark };

/** Light, on white: what is printed is printed on paper, whatever the page looks like. */
export const printTheme: FigureTheme = { ...light, paper: '#ffffff' };
