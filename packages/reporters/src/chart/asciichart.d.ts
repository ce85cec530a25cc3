/** The part of asciichart that is used here; the package has no types. */
declare module 'asciichart' {
  interface PlotConfig {
    readonly min: number;
    readonly max: number;
    /** Rows between the lowest and the highest value. */
    readonly height: number;
    /** Column of the y-axis, from 1. */
    readonly offset: number;
    readonly format: () => string;
  }
  const asciichart: { plot(values: readonly number[], config: PlotConfig): string };
  export default asciichart;
}
