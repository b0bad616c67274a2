/** The progress of publishing a file, as one line of a terminal. */
export type Progress = {
  /** Share of the file that has been read, 0 to 1; undefined when its length is not known. */
  readonly share: number | undefined;
  readonly stored: number;
  readonly rejected: number;
};

const WIDEST_BAR = 40;

/** Never wider than the terminal, or each redraw would begin a new line. */
export function progressBar({ share, stored, rejected }: Progress, columns: number): string {
  const figures = `${stored} stored, ${rejected} rejected`;
  if (share === undefined) return figures.slice(0, columns);
  const done = Math.min(Math.max(share, 0), 1);
  const percent = `${String(Math.floor(done * 100)).padStart(3)} %`;
  const width = Math.min(WIDEST_BAR, columns - figures.length - percent.length - 5);
  if (width < 5) return `${percent}  ${figures}`.slice(0, columns);
  const filled = Math.floor(done * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${percent}  ${figures}`;
}
