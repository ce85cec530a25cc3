/** A file that never changes, known by its hash. */
export interface RemoteFile {
  /** Name in a mirror and in the cache. */
  readonly name: string;
  /** Exact size. */
  readonly bytes: number;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
  /** Addresses to download it from, best first. */
  readonly urls: readonly string[];
}
