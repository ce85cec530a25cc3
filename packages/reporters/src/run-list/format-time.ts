/** A recorded time, ISO 8601, as `2026-11-20 10:15` in UTC; what is no time stays as it is, cut to its length. */
export function formatTime(time: string): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return time.slice(0, 16);
  return at.toISOString().slice(0, 16).replace('T', ' ');
}
