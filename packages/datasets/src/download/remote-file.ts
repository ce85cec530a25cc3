/** A file that never changes, known by its hash. */
export type RemoteFile = RemotePlace & FileHash;

/** What a file is called and where it is. */
export interface RemotePlace {
  /** Name in a mirror and in the cache, with `/` where it is in a folder there. */
  readonly name: string;
  /** Exact size. */
  readonly bytes: number;
  /** Addresses to download it from, best first. */
  readonly urls: readonly string[];
}

/** A hash in lower-case hexadecimal: SHA-256, or MD5 where that is all that was published. */
export type FileHash =
  | { readonly sha256: string; readonly md5?: undefined }
  | { readonly md5: string; readonly sha256?: undefined };
