/** One arm's color on a light and on a dark page. */
export interface ArmColor {
  readonly light: string;
  readonly dark: string;
}

/**
 * Colors that people with any kind of color vision tell apart (the first six after Okabe and Ito, 2008,
 * https://jfly.uni-koeln.de/color/), each with a lighter twin for dark pages.
 */
const distinct: readonly ArmColor[] = [
  { light: '#0072b2', dark: '#4fb0ea' },
  { light: '#d55e00', dark: '#ff8f52' },
  { light: '#009e73', dark: '#3bcb9f' },
  { light: '#cc79a7', dark: '#eba3c9' },
  { light: '#e69f00', dark: '#f5bd45' },
  { light: '#56b4e9', dark: '#98d5f8' },
  { light: '#6a51a3', dark: '#b09be0' },
  { light: '#5f6670', dark: '#b3bac4' },
];

/** The color of an arm by its place in the experiment; no two places share one. */
export function armColor(index: number): ArmColor {
  if (index < distinct.length) return distinct[index];
  // Steps of the golden angle keep any number of further hues apart.
  const hue = (index * 137.508) % 360;
  return { light: hex(hue, 0.6, 0.3), dark: hex(hue, 0.7, 0.82) };
}

/** HSL to `#rrggbb`: other programs read the figures too, and not all of them know `hsl()`. */
function hex(hue: number, saturation: number, lightness: number): string {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const value = lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
