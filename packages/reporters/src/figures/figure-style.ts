import { figureFont } from './svg-text.js';

/** What is not an arm's; a page can exchange these colors for its own. */
export const figureColors = { ink: '#30363d', grid: '#e6e8eb', axis: '#a6adb5' } as const;

/**
 * The look that all figures share.
 *
 * @param room Width of all panels, in pixels; the legend breaks into lines by it.
 */
export function figureConfig(legend: boolean, room: number) {
  return {
    aria: false,
    font: figureFont,
    view: { stroke: null },
    axis: {
      labelColor: figureColors.ink,
      titleColor: figureColors.ink,
      titleFontWeight: 'normal',
      titleFontSize: 11,
      labelFontSize: 11,
      gridColor: figureColors.grid,
      domainColor: figureColors.axis,
      tickColor: figureColors.axis,
      titlePadding: 8,
    },
    // The same room for all labels keeps the plots of several figures in line.
    axisY: { minExtent: 36 },
    title: {
      color: figureColors.ink,
      subtitleColor: figureColors.ink,
      fontSize: 14,
      subtitleFontSize: 11,
      subtitlePadding: 5,
      fontWeight: 'bold',
      frame: 'bounds',
      offset: 12,
    },
    legend: {
      disable: !legend,
      orient: 'bottom',
      direction: 'horizontal',
      labelFontSize: 12,
      labelColor: figureColors.ink,
      labelLimit: 260,
      symbolSize: 900,
      symbolStrokeWidth: 2,
      symbolOpacity: 1,
      columnPadding: 22,
      // Beside the arms stands the legend of the line styles.
      columns: Math.max(1, Math.floor((room - 270) / 150)),
    },
  } as const;
}
