const safeName = /^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$/;

/** Whether an arm's name can be a folder's: names come from files and must not lead elsewhere. */
export function isSafeName(arm: string): boolean {
  return safeName.test(arm);
}
